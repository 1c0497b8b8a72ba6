//! `ipt admin create`: the first people of a deployment.

use std::io::BufRead as _;

use anyhow::Context as _;
use ipt_application::identity::bootstrap_admin::{self, Command, TenantCommand};
use ipt_domain::identity::role::Role;
use secrecy::SecretString;
use serde_json::json;

use super::{block_on, output};
use crate::{
    command_line::{AdminArguments, AdminCommand, AdminRole},
    configuration::Configuration,
    wiring,
};

/// Runs the command.
pub(super) fn run(configuration: &Configuration, command: AdminCommand, as_json: bool) -> anyhow::Result<()> {
    let AdminCommand::Create(arguments) = command;
    let command = read(arguments)?;
    let made = block_on(async {
        wiring::prepare_schema(configuration, false).await?;
        let wired = wiring::wire(configuration).await?;
        let made = bootstrap_admin::execute(&wired.services, &command).await;
        wired.database.close().await;
        Ok(made?)
    })?;
    let data = json!({
        "user_id": made.user_id.to_string(),
        "tenant_id": made.tenant_id.map(|tenant| tenant.to_string()),
        "new_account": made.new_account,
        "new_tenant": made.new_tenant,
    });
    output::print(as_json, &data, |_| made.user_id.to_string())
}

/// What is asked for, with the password from standard input.
fn read(arguments: AdminArguments) -> anyhow::Result<Command> {
    let role = match arguments.role {
        AdminRole::Superadmin => Role::Superadmin,
        AdminRole::TenantAdmin => Role::TenantAdmin,
        AdminRole::Coordinator => Role::Coordinator,
    };
    let tenant = arguments.tenant.map(|code| TenantCommand {
        code,
        name: arguments.tenant_name,
        timezone: arguments.timezone,
    });
    let mut password = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut password)
        .context("reading the password from standard input")?;
    let password = SecretString::from(password.trim_end_matches(['\r', '\n']));
    Ok(Command {
        email: arguments.email,
        full_name: arguments.full_name,
        role,
        tenant,
        password,
    })
}
