Feature: Revision, dispute and flag
  A reviewer who is not content says why. The student revises or disputes; a coordinator decides where people disagree.

  Background:
    Given Asha trains at the workshop from Monday 6 July to Friday 25 September, supervised by Juma and Dr Neema
    And it is Monday 6 July at 17:00
    And Asha submits a log of Monday 6 July

  Scenario: A rejected log is revised and begins at industry again
    When Juma rejects the log, saying "Which bearings?"
    Then the log is revision requested
    When Asha hands in the text as "Fitted the bearings of the second pump."
    Then the log is submitted
    And it is at revision 2
    And open to Juma are "approve" and "reject"

  Scenario: A rejection must say why
    When Juma rejects the log, saying "   "
    Then this is refused: "comments_required"

  Scenario: Reviewers do not read over the student's shoulder
    When Juma rejects the log, saying "Which bearings?"
    And Asha changes the text to "Fitted the bearings of the" without handing it in
    Then Asha reads "Fitted the bearings of the"
    And Juma reads "Fitted the bearings and measured the play."

  Scenario: A disputed rejection goes to the coordinators, who return it to industry
    Given Juma rejects the log, saying "She was not here."
    When Asha disputes this, saying "I was here from eight to five."
    Then the log is flagged
    And open to Zawadi are "return_to_industry", "return_to_student" and "void"
    When Zawadi returns the log to industry, saying "The gate's book has her name."
    Then the log is submitted

  Scenario: What was never verified cannot be returned to the academic side
    Given Juma rejects the log, saying "She was not here."
    And Asha disputes this, saying "I was here from eight to five."
    When Zawadi returns the log to the academic side, saying "The gate's book has her name."
    Then this is refused: "invalid_transition"
    And open instead are "return_to_industry", "return_to_student" and "void"

  Scenario: A flagged log is returned to the academic side and validated
    Given Juma approves the log
    When Dr Neema flags the log, saying "This is the text of last week."
    Then the log is flagged
    And it was flagged 1 time
    When Zawadi returns the log to the academic side, saying "It was a week of the same work."
    And Dr Neema validates the log
    Then the log is validated

  Scenario: A flagged log that is returned to the student is verified by industry again
    Given Juma approves the log
    And Dr Neema flags the log, saying "This is the text of last week."
    When Zawadi returns the log to the student, saying "Please tell what was different."
    And Asha hands in the text as "Fitted the bearings of the second pump."
    Then the log is submitted
    And it is at revision 2
    When Dr Neema validates the log
    Then this is refused: "invalid_transition"
    When Juma approves the log
    And Dr Neema validates the log
    Then the log is validated

  Scenario: A student recalls a text before anybody has decided
    When Asha recalls the log
    Then the log is a draft
    When Juma approves the log
    Then this is refused: "invalid_transition"
    When it is Wednesday 15 July at 09:00
    And Asha hands in the text
    Then the log is submitted
    And it is on time
