Feature: Hours and absences
  Hours are quarter hours, at most twelve a day. Above sixty a week they are accepted and marked, and earn nothing. An
  absence carries no hours and needs no text.

  Background:
    Given Asha trains at the workshop from Monday 6 July to Friday 25 September, supervised by Juma and Dr Neema
    And it is Monday 6 July at 20:00

  Scenario Outline: <hours> hours a day are possible
    When Asha submits a log of Monday 6 July with <hours> hours
    Then its hours are <hours>

    Examples:
      | hours |
      | 0.25  |
      | 7.75  |
      | 12    |

  Scenario Outline: <hours> hours a day are refused
    When Asha submits a log of Monday 6 July with <hours> hours
    Then this is refused: "hours_out_of_range"

    Examples:
      | hours |
      | 0     |
      | 7.3   |
      | 12.25 |

  Scenario: Hours left out are the standard day, and the reviewer is told
    When Asha submits a log of Monday 6 July without hours
    Then its hours are assumed to be 8

  Scenario: Hours above sixty a week are marked and earn nothing
    Given 12 hours of each working day from Monday 6 July to Friday 10 July have gone through the whole chain
    And it is Saturday 11 July at 17:00
    When Asha submits a log of Saturday 11 July with 4 hours
    Then it is marked for more hours than a week may have
    When Juma approves the log
    And Dr Neema validates the log
    Then Asha has 60 hours and 6 days of credit

  Scenario: A sick day needs no text and, by default, earns nothing
    When Asha reports Monday 6 July as a sick day
    And Juma approves the log
    And Dr Neema validates the log
    Then Asha has 0 hours and 0 days of credit

  Scenario: A sick day counts as a day without hours where the programme says so
    Given the programme gives credit for sick days
    When Asha reports Monday 6 July as a sick day
    And Juma approves the log
    And Dr Neema validates the log
    Then Asha has 0 hours and 1 day of credit

  Scenario: A sick day has no hours
    When Asha reports Monday 6 July as a sick day with 4 hours
    Then this is refused: "hours_out_of_range"

  Scenario: A night shift belongs to the day on which it began
    When it is Tuesday 7 July at 06:10
    And Asha submits a log of Monday 6 July with 8 hours
    Then the log of Monday 6 July is submitted
    And it is on time

  Scenario: Everything that is wrong is told together
    When Asha submits a log of Sunday 5 July that says "Too short"
    Then this is refused: "outside_placement_period" and "content_too_short"
