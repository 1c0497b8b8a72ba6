Feature: Two pairs of eyes
  Nobody verifies and validates the same work, nobody reviews an entry about oneself, and nobody resolves the own flag.
  A role alone gives no right: one must hold the part, now and on this placement.

  Background:
    Given Asha trains at the workshop from Monday 6 July to Friday 25 September, supervised by Juma and Dr Neema
    And it is Monday 6 July at 17:00
    And Asha submits a log of Monday 6 July

  Scenario: Whoever verified on evidence does not validate
    Given Dr Neema is a coordinator as well
    When Dr Neema verifies the log on evidence, saying "I visited the workshop that day."
    And Dr Neema validates the log
    Then this is refused: "separation_of_duties"

  Scenario: Whoever flagged a log does not resolve that flag
    Given Dr Neema is a coordinator as well
    And Juma approves the log
    And Dr Neema flags the log, saying "This is the text of last week."
    When Dr Neema returns the log to the student, saying "Write it anew."
    Then this is refused: "separation_of_duties"
    When Zawadi returns the log to the student, saying "Write it anew."
    Then the log is revision requested

  Scenario: A student who works for the university decides nothing about the own log
    Given Asha is a coordinator as well
    When Asha voids the log, saying "I do not like it."
    Then this is refused: "separation_of_duties"
    When Asha verifies the log on evidence, saying "I was there."
    Then this is refused: "separation_of_duties"

  Scenario: A supervisor of other placements has no part in this one
    When Mwangi approves the log
    Then this is refused: "not_your_placement"
    When Dr Neema approves the log
    Then this is refused: "forbidden"
    When Omari approves the log
    Then this is refused: "not_found"

  Scenario: A supervisor who was replaced decides no more, and the successor finds the open review
    When Zawadi replaces the industrial supervisor with Rehema, saying "Juma has left the company."
    And Juma approves the log
    Then this is refused: "not_your_placement"
    When Rehema approves the log
    Then the log is industry verified

  Scenario: A delegate acts on the days of the appointment, and both are named
    Given Juma appoints Rehema to act for the industrial supervisor from Friday 10 July to Tuesday 14 July
    When it is Thursday 9 July at 23:59:59
    And Rehema approves the log
    Then this is refused: "not_your_placement"
    When it is Wednesday 15 July at 00:00
    And Rehema approves the log
    Then this is refused: "not_your_placement"
    When it is Tuesday 14 July at 23:59:59
    And Rehema approves the log
    Then the log is industry verified
    And the record names Rehema, acting for Juma

  Scenario: The university supervisor is no delegate of industry
    When Zawadi appoints Dr Neema to act for the industrial supervisor from Friday 10 July to Tuesday 14 July
    Then this is refused: "separation_of_duties"
