Feature: A week in one action
  A supervisor reviews a week at once. Each log stands or falls by itself, and the answer says which and why.

  Background:
    Given Asha trains at the workshop from Monday 6 July to Friday 25 September, supervised by Juma and Dr Neema
    And supervisors review once a week

  Scenario: A week is approved and validated
    When Asha submits logs of the working days from Monday 6 July to Friday 10 July
    And Juma approves all logs from Monday 6 July to Friday 10 July in one action
    Then all of them went through
    And the record says that they were decided together
    When Dr Neema validates all logs from Monday 6 July to Friday 10 July in one action
    Then all of them went through
    And Asha has 40 hours and 5 days of credit

  Scenario: What is not open does not hold up the rest
    When Asha submits logs of the working days from Monday 6 July to Thursday 9 July
    And Juma approves the log of Tuesday 7 July
    And Juma approves all logs from Monday 6 July to Friday 10 July in one action
    Then 3 of them went through, and 1 was refused: "invalid_transition"

  Scenario: A draft in that week does not exist for the reviewer
    When Asha submits logs of the working days from Monday 6 July to Thursday 9 July
    And Asha keeps a draft of Friday 10 July that says "Fitted the"
    And Juma approves all logs from Monday 6 July to Friday 10 July in one action
    Then 4 of them went through, and 1 was refused: "not_found"
    And the log of Friday 10 July is a draft
