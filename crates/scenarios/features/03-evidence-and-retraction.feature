Feature: Silent supervisors, and slips
  A coordinator can verify on evidence where industry is silent, and that stays visible. A reviewer can take a decision
  back while nobody has acted on it.

  Background:
    Given Asha trains at the workshop from Monday 6 July to Friday 25 September, supervised by Juma and Dr Neema
    And it is Monday 6 July at 17:00
    And Asha submits a log of Monday 6 July

  Scenario: A log is verified on evidence, and labelled so for ever
    When it is Monday 20 July at 09:00
    And Zawadi verifies the log on evidence, saying "The gate's book has her name."
    Then the log is industry verified
    And it is labelled as verified by the institution, not by industry
    When Dr Neema validates the log
    Then the log is validated
    And it is labelled as verified by the institution, not by industry

  Scenario: An approval by mistake is taken back
    When Juma approves the log
    And Juma takes this decision back, saying "I meant the log of Tuesday."
    Then the log is submitted
    And the record of the log has 3 entries
    When Dr Neema validates the log
    Then this is refused: "invalid_transition"

  Scenario: A rejection by mistake is taken back
    When Juma rejects the log, saying "Which bearings?"
    And Juma takes this decision back, saying "I meant the log of Tuesday."
    Then the log is submitted

  Scenario: A rejection is not taken back once the student has revised
    Given Juma rejects the log, saying "Which bearings?"
    When Asha hands in the text as "Fitted the bearings of the second pump."
    And Juma takes this decision back, saying "I meant the log of Tuesday."
    Then this is refused: "invalid_transition"
    And open instead are "approve" and "reject"

  Scenario: Nobody takes back what another supervisor has decided
    Given Juma approves the log
    And Zawadi replaces the industrial supervisor with Rehema, saying "Juma has left the company."
    When Rehema takes this decision back, saying "I see it otherwise."
    Then this is refused: "not_your_placement"
    When Juma takes this decision back, saying "I see it otherwise."
    Then this is refused: "not_your_placement"
