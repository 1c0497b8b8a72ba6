Feature: From a student's log to credit
  A student writes a log of each day. The company's supervisor verifies it, the university's supervisor validates it,
  and the day counts. Every step stays on record.

  Background:
    Given Asha trains at the workshop from Monday 6 July to Friday 25 September, supervised by Juma and Dr Neema
    And it is Monday 6 July at 17:00

  Scenario: A log goes through the whole chain
    When Asha submits a log of Monday 6 July with 8 hours
    Then the log is submitted
    And the review is due at the end of Thursday 9 July
    When Juma approves the log
    Then the log is industry verified
    And the review is due at the end of Wednesday 15 July
    When Dr Neema validates the log
    Then the log is validated
    And Asha has 8 hours and 1 day of credit
    And the record of the log has 3 entries

  Scenario: A draft is the student's own until it is submitted
    When Asha keeps a draft of Monday 6 July that says "Fitted the"
    Then the log is a draft
    And Asha reads "Fitted the"
    And for Juma there is no such log
    And for Zawadi there is no such log
    When Asha hands in the text as "Fitted the bearings and measured the play."
    Then the log is submitted
    And Juma reads "Fitted the bearings and measured the play."

  Scenario: A draft that was never submitted may be deleted
    Given Asha keeps a draft of Monday 6 July that says "Fitted the"
    When Asha deletes the log
    And Asha submits a log of Monday 6 July
    Then the log is submitted

  Scenario: What was once submitted is never deleted
    Given Asha submits a log of Monday 6 July
    And Asha recalls the log
    Then the log is a draft
    When Asha deletes the log
    Then this is refused: "invalid_transition"
    And open instead are "submit"

  Scenario: Industry confirms fewer hours than were claimed
    Given Asha submits a log of Monday 6 July with 8 hours
    When Juma approves 6.5 hours of it, saying "She left at half past two."
    And Dr Neema validates the log
    Then Asha has 6.5 hours and 1 day of credit

  Scenario: Industry cannot confirm more hours than were claimed
    Given Asha submits a log of Monday 6 July with 8 hours
    When Juma approves 9 hours of it, saying "She stayed on."
    Then this is refused: "hours_out_of_range"
    And the answer is: "8 hours were claimed; confirm these or fewer"

  Scenario: A validated log is final
    Given Asha submits a log of Monday 6 July
    And Juma approves the log
    And Dr Neema validates the log
    When Zawadi voids the log, saying "It was copied."
    Then this is refused: "invalid_transition"
    And nothing is open instead
    And the log is validated

  Scenario: A day has one log
    Given Asha submits a log of Monday 6 July
    When Asha submits a log of Monday 6 July
    Then this is refused: "duplicate_day"

  Scenario: A voided log earns nothing and gives its day free again
    Given Asha submits a log of Monday 6 July
    When Zawadi voids the log, saying "It belongs to another placement."
    Then the log is voided
    When Asha submits a log of Monday 6 July
    Then the log is submitted
    And Asha has 0 hours and 0 days of credit

  Scenario: Whoever has nothing to do with the placement sees nothing of it
    Given Asha submits a log of Monday 6 July
    Then Juma sees the log
    And Dr Neema sees the log
    And Zawadi sees the log
    And Mwangi may not see the log
    And for Omari there is no such log
