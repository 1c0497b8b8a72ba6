Feature: Deadlines and lateness
  A first submission comes within seven days. Late is a label, judged once: after the end of the next working day. Days
  are those of the workplace's calendar, and a review is due at the end of a working day.

  Background:
    Given Asha trains at the workshop from Monday 6 July to Friday 25 September, supervised by Juma and Dr Neema

  Scenario Outline: A log is late after the end of the next working day: <day>, handed in on <moment>
    When it is <moment>
    And Asha submits a log of <day>
    Then it is <label>

    Examples:
      | day             | moment                          | label   |
      | Monday 6 July   | Tuesday 7 July at 23:59:59      | on time |
      | Monday 6 July   | Wednesday 8 July at 00:00       | late    |
      | Friday 10 July  | Monday 13 July at 23:59:59      | on time |
      | Friday 10 July  | Tuesday 14 July at 00:00        | late    |

  Scenario: A holiday at the workplace gives a day more
    Given Monday 13 July is a holiday at the workplace
    When it is Tuesday 14 July at 23:59:59
    And Asha submits a log of Friday 10 July
    Then it is on time

  Scenario: A log is handed in for the first time within seven days
    When it is Monday 13 July at 23:59:59
    And Asha submits a log of Monday 6 July
    Then it is late
    When it is Wednesday 15 July at 00:00
    And Asha submits a log of Tuesday 7 July
    Then this is refused: "too_late"

  Scenario: A revision is never too late, and lateness stays as it was judged first
    Given it is Monday 6 July at 17:00
    And Asha submits a log of Monday 6 July
    And Juma rejects the log, saying "Which bearings?"
    When it is Sunday 26 July at 20:00
    And Asha hands in the text as "Fitted the bearings of the second pump."
    Then the log is submitted
    And it is on time

  Scenario: A coordinator opens a day again
    When it is Friday 31 July at 09:00
    And Asha submits a log of Monday 6 July
    Then this is refused: "too_late"
    When a coordinator opens Monday 6 July again
    And Asha submits a log of Monday 6 July
    Then it is late

  Scenario: A day begins at midnight in Dar es Salaam
    When it is Monday 6 July at 23:59:59
    And Asha submits a log of Tuesday 7 July
    Then this is refused: "in_the_future"
    When it is Tuesday 7 July at 00:00
    And Asha submits a log of Tuesday 7 July
    Then the log is submitted

  Scenario: Logs lie within the placement
    When it is Saturday 26 September at 09:00
    And Asha submits a log of Saturday 26 September
    Then this is refused: "outside_placement_period"
    When it is Wednesday 30 September at 09:00
    And Asha submits a log of Friday 25 September
    Then the log is submitted

  Scenario: Industry's review is due three working days later, past a weekend and a holiday
    Given Monday 13 July is a holiday at the workplace
    When it is Friday 10 July at 17:00
    And Asha submits a log of Friday 10 July
    Then the review is due at the end of Thursday 16 July

  Scenario: The academic review counts the university's working days
    Given Monday 13 July is a holiday at the university
    When it is Friday 10 July at 17:00
    And Asha submits a log of Friday 10 July
    And Juma approves the log
    Then the review is due at the end of Wednesday 22 July

  Scenario: Where supervisors review once a week, the days count from the end of the week
    Given supervisors review once a week
    When it is Monday 6 July at 17:00
    And Asha submits a log of Monday 6 July
    Then the review is due at the end of Wednesday 15 July

  Scenario: A placement keeps the deadline under which it was approved
    When the programme's deadline for logs is changed to 3 days
    And it is Monday 13 July at 17:00
    And Asha submits a log of Monday 6 July
    Then the log is submitted
