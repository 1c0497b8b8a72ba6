//! Values for every template.

use serde_json::{Value as Json, json};

/// What each template is given, as `templates/README.md` says.
pub(super) fn values(template: &str) -> Json {
    let base = json!({
        "recipient_name": "Neema Mushi", "student_name": "Asha Juma", "log_date": "6 July 2026", "programme": "BSc Civil",
        "organisation": "Kilimo Pumps Ltd", "link": "https://training.example.ac.tz/logs/7",
    });
    let remark = "The second pump is missing.\nPlease add it.";
    let more = match template {
        "log_submitted" => json!({ "due_date": "9 July 2026" }),
        "log_approved" => json!({
            "due_date": "20 July 2026", "on_evidence": false, "industry_name": "John Mbwambo", "comments": remark,
        }),
        "log_rejected" | "log_retracted" | "log_validated" => json!({ "comments": remark }),
        "log_flagged" | "log_disputed" | "log_voided" => json!({ "reason": remark }),
        "log_returned_academic" | "log_returned_industry" => {
            json!({ "note": remark, "due_date": "20 July 2026" })
        }
        "log_returned_student" => json!({ "note": remark }),
        "log_days_reopened" => {
            return json!({
                "recipient_name": "Neema Mushi", "from_date": "6 July 2026", "to_date": "10 July 2026", "reason": remark,
                "programme": "BSc Civil", "organisation": "Kilimo Pumps Ltd",
                "link": "https://training.example.ac.tz/placements/7",
            });
        }
        "review_digest" => {
            return json!({
                "recipient_name": "Neema Mushi", "link": "https://training.example.ac.tz/inbox",
                "items": [
                    { "student_name": "Asha Juma", "log_date": "6 July 2026", "due_date": "9 July 2026", "overdue_days": 2 },
                    { "student_name": "Juma Ali", "log_date": "7 July 2026", "due_date": "10 July 2026", "overdue_days": 1 },
                    { "student_name": "Zawadi Ole", "log_date": "8 July 2026", "due_date": "13 July 2026", "overdue_days": 0 },
                ],
            });
        }
        "invitation" => {
            return json!({
                "recipient_name": "Neema Mushi", "tenant_name": "Chuo cha Mfano",
                "token": "vG1kQ7", "link": "https://training.example.ac.tz/set#token=vG1kQ7",
            });
        }
        "membership_added" => {
            return json!({
                "recipient_name": "Neema Mushi", "tenant_name": "Chuo cha Mfano", "link": "https://training.example.ac.tz",
            });
        }
        "data_export_ready" | "password_changed" | "registration_attempt" => {
            return json!({ "recipient_name": "Neema Mushi", "link": "https://training.example.ac.tz" });
        }
        "signed_in_on_new_device" => {
            return json!({
                "recipient_name": "Neema Mushi", "device": "Firefox on Linux", "address": "192.0.2.7",
                "opened_at": "2026-07-06 09:00 (Africa/Dar_es_Salaam)", "link": "https://training.example.ac.tz",
            });
        }
        "password_reset_ordered" => {
            return json!({ "recipient_name": "Neema Mushi", "tenant_name": "Chuo cha Mfano", "code": "04711234" });
        }
        "email_verification" | "password_reset" => {
            return json!({ "recipient_name": "Neema Mushi", "code": "04711234" });
        }
        unknown => panic!("{unknown} has no sample"),
    };
    let (Json::Object(mut base), Json::Object(more)) = (base, more) else {
        unreachable!()
    };
    base.extend(more);
    Json::Object(base)
}
