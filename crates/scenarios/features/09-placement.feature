Feature: The life of a placement
  A placement is proposed, approved, begins by itself on its first day, and ends completed or terminated.

  Scenario: A placement from the proposal to its first day
    Given it is Monday 1 June at 09:00
    When Asha proposes a placement from Monday 6 July to Friday 25 September, supervised by Juma and Dr Neema
    Then the placement is proposed
    When Zawadi approves the placement
    Then the placement is approved
    When it is Sunday 5 July at 23:59:59
    Then the placement is approved
    When it is Monday 6 July at 00:00
    Then the placement is active since Monday 6 July

  Scenario: A placement is sent back, mended and handed in again
    Given it is Monday 1 June at 09:00
    And Asha proposes a placement from Monday 6 July to Friday 25 September
    When Zawadi asks for changes of the placement, saying "Who supervises at the company?"
    Then the placement is sent back for changes
    When Asha makes Juma the industrial supervisor
    And Asha hands the placement in again
    Then the placement is proposed
    When Asha withdraws the placement
    Then the placement is withdrawn

  Scenario: A placement without a university supervisor waits for one
    Given it is Monday 1 June at 09:00
    And Asha proposes a placement from Monday 6 July to Friday 25 September
    And Zawadi makes Juma the industrial supervisor
    And Zawadi approves the placement
    When it is Friday 10 July at 09:00
    Then the placement is approved
    When it is Monday 20 July at 09:00
    And Zawadi makes Dr Neema the university supervisor
    Then the placement is active since Monday 20 July
    When it is Monday 27 July at 23:59:59
    And Asha submits a log of Monday 6 July
    Then the log is submitted
    When it is Tuesday 28 July at 00:00
    And Asha submits a log of Tuesday 7 July
    Then this is refused: "too_late"

  Scenario: The company must be verified before the approval
    Given it is Monday 1 June at 09:00
    And the university has not verified the company
    And Asha proposes a placement from Monday 6 July to Friday 25 September
    When Zawadi approves the placement
    Then this is refused: "organisation_not_verified"
    When the university verifies the company
    And Zawadi approves the placement
    Then the placement is approved

  Scenario: An industrial supervisor has at most ten students
    Given it is Monday 1 June at 09:00
    And Juma supervises 10 other students from Monday 31 August to Friday 30 October
    And Asha proposes a placement from Monday 6 July to Friday 25 September
    When Zawadi makes Juma the industrial supervisor
    Then this is refused: "supervisor_over_cap"
    When Zawadi makes Rehema the industrial supervisor
    Then Rehema is the industrial supervisor

  Scenario: A supervisor who is full this term is planned for the next
    Given it is Monday 1 June at 09:00
    And Juma supervises 10 other students from Monday 1 June to Friday 17 July
    And Asha proposes a placement from Monday 20 July to Friday 25 September
    When Zawadi makes Juma the industrial supervisor
    Then Juma is the industrial supervisor

  Scenario: A placement is completed when hours and days are met and nothing is open
    Given the programme asks for 320 hours and 40 days
    And Asha trains at the workshop from Monday 6 July to Friday 25 September, supervised by Juma and Dr Neema
    And 8 hours of each working day from Monday 6 July to Thursday 27 August have gone through the whole chain
    When Zawadi completes the placement
    Then this is refused: "hours_missing" and "days_missing"
    When it is Friday 28 August at 17:00
    And Asha submits a log of Friday 28 August
    And Juma approves the log
    And Zawadi completes the placement
    Then this is refused: "open_entries", "hours_missing" and "days_missing"
    When Dr Neema validates the log
    Then Asha has 320 hours and 40 days of credit
    When Zawadi completes the placement
    Then the placement is completed

  Scenario: A placement whose end has passed with hours missing stays active
    Given the programme asks for 320 hours and 40 days
    And Asha trains at the workshop from Monday 6 July to Friday 25 September, supervised by Juma and Dr Neema
    When it is Saturday 26 September at 09:00
    Then the placement is active
    And the placement has run past its end

  Scenario: After a termination nothing new is handed in, and what was submitted is still reviewed
    Given Asha trains at the workshop from Monday 6 July to Friday 25 September, supervised by Juma and Dr Neema
    And it is Thursday 13 August at 17:00
    And Asha submits a log of Thursday 13 August
    And it is Friday 14 August at 12:00
    When Zawadi terminates the placement with Friday 14 August as its last day, saying "The company has closed."
    Then the placement is terminated
    When Asha submits a log of Friday 14 August
    Then this is refused: "placement_not_active"
    When it is Saturday 29 August at 00:00
    And Juma approves the log of Thursday 13 August
    Then this is refused: "not_your_placement"
    When it is Friday 28 August at 23:59:59
    And Juma approves the log of Thursday 13 August
    Then the log is industry verified
    When it is Thursday 10 September at 09:00
    And Dr Neema validates the log
    Then the log is validated

  Scenario: A coordinator opens a day of a terminated placement again
    Given Asha trains at the workshop from Monday 6 July to Friday 25 September, supervised by Juma and Dr Neema
    And it is Friday 14 August at 12:00
    And Zawadi terminates the placement with Friday 14 August as its last day, saying "The company has closed."
    When a coordinator opens Thursday 13 August again
    And Asha submits a log of Thursday 13 August
    Then the log is submitted

  Scenario: A suspended placement takes no logs until it is resumed
    Given Asha trains at the workshop from Monday 6 July to Friday 25 September, supervised by Juma and Dr Neema
    And it is Monday 20 July at 17:00
    When Zawadi suspends the placement, saying "A strike."
    And Asha submits a log of Monday 20 July
    Then this is refused: "placement_not_active"
    When Zawadi resumes the placement
    And Asha submits a log of Monday 20 July
    Then the log is submitted

  Scenario: A short placement is possible as a continuation only
    Given Asha trains at the workshop from Monday 6 July to Friday 25 September, supervised by Juma and Dr Neema
    And it is Friday 14 August at 12:00
    And Zawadi terminates the placement with Friday 14 August as its last day, saying "The company has closed."
    When Asha proposes a placement from Monday 17 August to Friday 9 October
    Then this is refused: "placement_length"
    When Asha proposes a placement from Friday 14 August to Friday 9 October as a continuation
    Then this is refused: "overlap"
    When Asha proposes a placement from Monday 17 August to Friday 9 October as a continuation
    Then the placement is proposed

  Scenario: A placement is not shortened while logs would fall outside, and they are named
    Given Asha trains at the workshop from Monday 6 July to Friday 25 September, supervised by Juma and Dr Neema
    And it is Friday 18 September at 17:00
    And Asha submits a log of Friday 18 September
    When Zawadi moves the end of the placement to Friday 11 September
    Then this is refused: "entries_outside_period"
    And the answer is: "there are log entries on days that would fall outside: 2026-09-18"
    When Zawadi moves the end of the placement to Friday 18 September
    Then the placement runs from Monday 6 July to Friday 18 September

  Scenario: A supervisor is replaced with a reason only
    Given Asha trains at the workshop from Monday 6 July to Friday 25 September, supervised by Juma and Dr Neema
    When Zawadi makes Dr Salim the university supervisor
    Then this is refused: "comments_required"
    When Zawadi replaces the university supervisor with Dr Salim, saying "Dr Neema is on leave."
    Then Dr Salim is the university supervisor
