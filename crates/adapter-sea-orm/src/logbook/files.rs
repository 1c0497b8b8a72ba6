//! Looks at files, and their removal.

use std::collections::BTreeSet;

use ipt_domain::{
    id::{AttachmentId, LogEntryId},
    logbook::attachment::Attachment,
};
use ipt_ports::{RepositoryError, blob_store::BlobKey, logbook::StoredAttachment};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, Select,
};

use super::{
    attachment_row::{Column, Entity},
    mapper,
};
use crate::{error::repository_error, scope::within, unit_of_work::SeaUnitOfWork};

impl SeaUnitOfWork {
    fn files(&self) -> Select<Entity> {
        Entity::find().filter(within(self.scope(), Column::TenantId))
    }

    pub(super) async fn file_by_id(
        &self,
        id: AttachmentId,
    ) -> Result<Option<StoredAttachment>, RepositoryError> {
        let row = self
            .files()
            .filter(Column::Id.eq(id.uuid()))
            .one(self.connection())
            .await
            .map_err(repository_error)?;
        row.map(mapper::file).transpose()
    }

    pub(super) async fn files_of(&self, entry: LogEntryId) -> Result<Vec<StoredAttachment>, RepositoryError> {
        let rows = self
            .files()
            .filter(Column::EntryId.eq(entry.uuid()))
            .order_by_asc(Column::Id)
            .all(self.connection())
            .await
            .map_err(repository_error)?;
        rows.into_iter().map(mapper::file).collect()
    }

    pub(super) async fn any_file_at(&self, key: &BlobKey) -> Result<bool, RepositoryError> {
        let found = self
            .files()
            .filter(Column::StorageKey.eq(key.as_str()))
            .count(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(found > 0)
    }

    /// The files to which a text of the entry that was handed in refers, or its edit in progress.
    async fn files_referred_to(&self, entry: LogEntryId) -> Result<BTreeSet<AttachmentId>, RepositoryError> {
        let texts = self.revisions_of(entry).await?;
        let edit = self.entry_by_id(entry).await?;
        let of_edit = edit.iter().filter_map(|(entry, _)| entry.draft_report());
        let of_texts = texts.iter().map(|text| &text.submission.report.attachments);
        let files = of_texts.chain(of_edit.map(|draft| &draft.attachments)).flatten();
        Ok(files.map(Attachment::id).collect())
    }

    /// Removes the rows of files, as far as nothing refers to them any more; where their bytes lie.
    pub(super) async fn drop_files(
        &self,
        entry: LogEntryId,
        files: &[AttachmentId],
    ) -> Result<Vec<BlobKey>, RepositoryError> {
        let referred_to = self.files_referred_to(entry).await?;
        let unused = files.iter().filter(|file| !referred_to.contains(file));
        let chosen = Column::Id.is_in(unused.map(|file| file.uuid()));
        let stored = self
            .files()
            .filter(Column::EntryId.eq(entry.uuid()))
            .filter(chosen.clone())
            .order_by_asc(Column::Id)
            .all(self.connection())
            .await
            .map_err(repository_error)?;
        if stored.is_empty() {
            return Ok(Vec::new());
        }
        Entity::delete_many()
            .filter(within(self.scope(), Column::TenantId))
            .filter(Column::EntryId.eq(entry.uuid()))
            .filter(chosen)
            .exec(self.connection())
            .await
            .map_err(repository_error)?;
        stored
            .into_iter()
            .map(|row| mapper::file(row).map(|file| file.key))
            .collect()
    }
}
