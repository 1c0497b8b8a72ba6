//! What goes into a copy.

mod account;
mod array;
mod logs;
mod notifications;
mod placements;
mod profiles;
mod records;
mod remarks;

use futures_util::StreamExt as _;
use ipt_domain::{
    id::{TenantId, UserId},
    identity::data_export::DataExport,
};
use ipt_ports::{Reader, Scope, SystemScope, archive::ArchiveWriter, blob_store::BlobError};
use serde_json::Value;

use self::logs::File;
use super::build::BuildError;
use crate::Services;

/// What is said about a copy in itself.
const README: &str = "\
This archive holds what the platform for practical training keeps of you.

account.json        your account, memberships, sessions that are open, and choices about notifications
profiles.json       what your institutions keep of you beside your roles; of telephone, national id, birth date and notes
                    about health only that they are kept: they lie under a lock of their own, and the application shows
                    them to you
placements.json     your placements, and those in which you have a part
logs.json           your logs: texts, earlier texts, reviews and files
remarks.json        what you wrote about logs, your own and others': comments, reasons and notes
notifications.json  what you were told in the application
audit.json          what was written down of what you did, and of what was done about you
attachments/        the files of your logs, each under its id in logs.json

Times are in UTC. Hours are decimal. Of other people it holds what you are shown of them in the application.
";

/// A copy in the making.
struct Contents<'a> {
    services: &'a Services,
    export: &'a DataExport,
    writer: Box<dyn ArchiveWriter>,
}

/// Writes everything. No connection to the database is held while something is written.
pub(super) async fn write(
    services: &Services,
    export: &DataExport,
    writer: Box<dyn ArchiveWriter>,
) -> Result<(), BuildError> {
    let mut contents = Contents {
        services,
        export,
        writer,
    };
    contents.text("README.txt", README).await?;
    let mut tenants = account::write(&mut contents).await?;
    profiles::write(&mut contents, &tenants).await?;
    tenants.extend(placements::write(&mut contents).await?);
    tenants.sort_unstable();
    tenants.dedup();
    let files = logs::write(&mut contents).await?;
    remarks::write(&mut contents).await?;
    notifications::write(&mut contents).await?;
    records::write(&mut contents, &tenants).await?;
    let missing = contents.files(files).await?;
    if !missing.is_empty() {
        contents
            .text("attachments/missing.txt", &missing.join("\n"))
            .await?;
    }
    Ok(contents.writer.finish().await?)
}

impl Contents<'_> {
    /// Whose data it is.
    const fn user(&self) -> UserId {
        self.export.about
    }

    /// The institution whose copy it is; none: the deployment's.
    const fn tenant(&self) -> Option<TenantId> {
        self.export.tenant_id
    }

    /// Whether something of an institution belongs in.
    fn covers(&self, tenant: Option<TenantId>) -> bool {
        self.tenant().is_none() || self.tenant() == tenant
    }

    /// Looks at the rows that may be in it.
    async fn reader(&mut self) -> Result<Box<dyn Reader>, BuildError> {
        let scope = match self.tenant() {
            Some(tenant) => Scope::tenant(tenant),
            None => Scope::System(SystemScope::Worker),
        };
        Ok(self.services.database.read(scope).await?)
    }

    async fn text(&mut self, name: &str, text: &str) -> Result<(), BuildError> {
        self.writer.begin(name, true).await?;
        Ok(self.writer.write(text.as_bytes()).await?)
    }

    async fn json(&mut self, name: &str, value: &Value) -> Result<(), BuildError> {
        self.text(name, &format!("{value:#}\n")).await
    }

    /// Adds files; the names of those that are not there any more.
    async fn files(&mut self, files: Vec<File>) -> Result<Vec<String>, BuildError> {
        let mut missing = Vec::new();
        for file in files {
            let mut bytes = match self.services.blobs.get(&file.key, None).await {
                Ok(bytes) => bytes,
                Err(BlobError::NotFound) => {
                    missing.push(file.name);
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            self.writer.begin(&file.name, false).await?;
            while let Some(piece) = bytes.next().await {
                self.writer.write(&piece?).await?;
            }
        }
        Ok(missing)
    }
}
