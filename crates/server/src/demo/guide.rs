//! What a visitor is told: who is there, and what to try.

use std::path::Path;

use ipt_domain::Instant;

use super::{
    cast::{PASSWORD, SUPERADMIN, UNIVERSITIES},
    folder::MAIL,
};

/// The accounts, by role.
pub(crate) fn accounts() -> String {
    let [first, second] = &UNIVERSITIES;
    let company = &first.companies[0];
    let rows = [
        ("student, newcomer", first.students[0], first.code),
        ("student", first.students[1], first.code),
        ("industrial supervisor", company.supervisors[0], company.name),
        ("university supervisor", first.supervisors[0], first.code),
        ("coordinator", first.coordinators[0], first.code),
        ("tenant_admin", first.admin, first.code),
        ("coordinator", second.coordinators[0], second.code),
        ("tenant_admin", second.admin, second.code),
        ("superadmin", SUPERADMIN, "the deployment"),
    ];
    let mut lines = vec![
        format!("Accounts, all with the password {PASSWORD}:"),
        String::new(),
    ];
    for (role, person, place) in rows {
        lines.push(format!(
            "  {role:<22} {:<32} {}, {place}",
            person.email(),
            person.name
        ));
    }
    if let Some(admin) = company.admin {
        lines.push(format!(
            "  {:<22} {:<32} {}, {}",
            "organisation_admin",
            admin.email(),
            admin.name,
            company.name
        ));
    }
    lines.push(String::new());
    lines.push("  Everybody else is listed at /api/v1/users, for a coordinator.".to_owned());
    lines.join("\n")
}

/// How old the days are, in a line; nothing for a demonstration that was filled just now.
pub(crate) fn age(filled_at: Option<Instant>) -> String {
    filled_at.map_or_else(String::new, |at| {
        format!(
            "Filled on {}; `ipt demo --reset` begins anew, with the days up to today.\n",
            at.format("%Y-%m-%d")
        )
    })
}

/// Where everything is, and a few lines to try.
pub(crate) fn guide(url: &str, folder: &Path, filled_at: Option<Instant>) -> String {
    let mail = folder.join(MAIL);
    let since = age(filled_at);
    let since = if since.is_empty() {
        since
    } else {
        format!("\n{since}")
    };
    format!(
        r#"{accounts}

  API       {url}/api/v1
  pages     {url}/docs and {url}/redoc
  mails     {mail}
{since}
To try, in another terminal:

API={url}/api/v1
token() {{ curl -s "$API/auth/login" -H 'Content-Type: application/json' -d "{{\"email\": \"$1\", \"password\": \"{PASSWORD}\"}}" | sed 's/.*"access_token":"\([^"]*\)".*/\1/'; }}
curl -s "$API/auth/me" -H "Authorization: Bearer $(token newcomer@demo.example)"
curl -s "$API/logs/" -H "Authorization: Bearer $(token newcomer@demo.example)" -F "content=Set up the test bench and measured the first three boards." -F "log_date=$(date +%F)"
curl -s "$API/logs?awaiting=me&count=true&limit=3" -H "Authorization: Bearer $(token industry@demo.example)"
curl -s "$API/analytics/coordinator-dashboard" -H "Authorization: Bearer $(token coordinator@demo.example)"

Ctrl-C ends it; what you did is kept. `ipt demo --reset` begins anew."#,
        accounts = accounts(),
        mail = mail.display(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_of_the_walk_through_is_named_with_the_password() {
        let told = guide("http://127.0.0.1:9000", Path::new("/srv/demo"), None);
        for mailbox in [
            "newcomer",
            "industry",
            "academic",
            "coordinator",
            "admin",
            "super",
        ] {
            assert!(told.contains(&format!(" {mailbox}@demo.example ")), "{mailbox}");
        }
        assert!(
            told.contains(PASSWORD) && told.contains("/srv/demo/mail"),
            "{told}"
        );
        assert!(
            told.contains("http://127.0.0.1:9000/docs")
                && told.contains("API=http://127.0.0.1:9000/api/v1\n")
        );
    }

    #[test]
    fn a_visitor_is_told_how_old_the_days_are() {
        let told = |filled_at| guide("http://localhost", Path::new("demo-data"), filled_at);
        assert!(told(Some("2026-07-06T06:00:00Z".parse().unwrap())).contains("Filled on 2026-07-06"));
        assert!(!told(None).contains("Filled on"));
    }
}
