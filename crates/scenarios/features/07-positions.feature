Feature: Where a log was written
  A position is a hint for the reviewer. It never blocks, and a remote placement keeps none. The workshop has a radius of
  200 metres.

  Background:
    Given Asha trains at the workshop from Monday 6 July to Friday 25 September, supervised by Juma and Dr Neema
    And it is Monday 6 July at 17:00

  Scenario: Within the radius
    When Asha submits a log of Monday 6 July from 200 m away
    Then its position is "inside"

  Scenario: Outside
    When Asha submits a log of Monday 6 July from 230 m away
    Then its position is "outside", 30 m outside
    And the log is submitted

  Scenario: Outside, yet within the accuracy of the device
    When Asha submits a log of Monday 6 July from 230 m away, accurate to 40 m
    Then its position is "uncertain", 30 m outside

  Scenario: Nothing reported
    When Asha submits a log of Monday 6 July
    Then its position is "unreported"

  Scenario: A remote placement keeps no coordinates
    Given the placement is remote
    When Asha submits a log of Monday 6 July from 230 m away
    Then its position is "not_applicable"
    And no coordinates are kept

  Scenario: A position much older than the log is noted
    When Asha submits a log of Monday 6 July with a position taken on Monday 6 July at 16:45
    Then nothing is noted about it
    When it is Tuesday 7 July at 17:00
    And Asha submits a log of Tuesday 7 July with a position taken on Tuesday 7 July at 16:44:59
    Then noted about it is "stale_fix"
