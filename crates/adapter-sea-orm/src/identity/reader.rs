//! Reads people and sessions.

use std::sync::LazyLock;

use ipt_domain::{
    Instant,
    id::{SessionId, TenantId, UserId},
    identity::{account::Account, email::EmailAddress, role::Role},
};
use ipt_ports::{
    RepositoryError,
    identity::{
        Credentials, MembershipView, PeopleReader, Principal, RefreshToken, Session, UserFilter, UserSort,
        UserView,
    },
    page::{Page, PageRequest, Position},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait, Select,
};

use super::{account_row, directory, mapper, session_row, token_row};
use crate::{
    dialect::Sql,
    error::repository_error,
    joined,
    keyset::{self, SortColumn},
    unit_of_work::SeaUnitOfWork,
};

/// A token with its session, by their keys.
static SESSION_BY_TOKEN: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {}, {} FROM refresh_token t JOIN session s ON s.id = t.session_id WHERE t.digest = ",
        joined::columns::<session_row::Entity>("s"),
        joined::columns::<token_row::Entity>("t"),
    )
});

#[async_trait::async_trait]
impl PeopleReader for SeaUnitOfWork {
    async fn credentials_by_email(
        &mut self,
        email: &EmailAddress,
    ) -> Result<Option<Credentials>, RepositoryError> {
        let row = account_row::Entity::find()
            .filter(account_row::Column::EmailFolded.eq(email.normalised()))
            .one(self.connection())
            .await
            .map_err(repository_error)?;
        row.map(mapper::credentials).transpose()
    }

    async fn credentials(&mut self, user: UserId) -> Result<Option<Credentials>, RepositoryError> {
        let row = account_row::Entity::find_by_id(user.uuid())
            .one(self.connection())
            .await
            .map_err(repository_error)?;
        row.map(mapper::credentials).transpose()
    }

    async fn memberships(&mut self, user: UserId) -> Result<Vec<MembershipView>, RepositoryError> {
        Ok(self
            .memberships_of(&[user])
            .await?
            .remove(&user)
            .unwrap_or_default())
    }

    async fn principal(&mut self, session: SessionId) -> Result<Option<Principal>, RepositoryError> {
        self.principal_of(session).await
    }

    async fn session_by_token(
        &mut self,
        digest: &[u8; 32],
    ) -> Result<Option<(Session, RefreshToken)>, RepositoryError> {
        let mut sql = Sql::new(self.dialect());
        sql.push(&SESSION_BY_TOKEN).bind(digest.to_vec());
        let row = self
            .connection()
            .query_one_raw(sql.statement())
            .await
            .map_err(repository_error)?;
        let Some(row) = row else { return Ok(None) };
        let session = mapper::session(joined::row(&row, "s_").map_err(repository_error)?)?;
        Ok(Some((
            session,
            mapper::token(&joined::row(&row, "t_").map_err(repository_error)?)?,
        )))
    }

    async fn session(&mut self, session: SessionId) -> Result<Option<Session>, RepositoryError> {
        let row = session_row::Entity::find_by_id(session.uuid())
            .one(self.connection())
            .await
            .map_err(repository_error)?;
        row.map(mapper::session).transpose()
    }

    async fn sessions_of(
        &mut self,
        user: UserId,
        used_after: Instant,
        first: SessionId,
        limit: u32,
    ) -> Result<Vec<Session>, RepositoryError> {
        let rows = session_row::Entity::find()
            .filter(session_row::Column::UserId.eq(user.uuid()))
            .filter(session_row::Column::EndedAt.is_null())
            .filter(session_row::Column::LastUsedAt.gt(used_after))
            .order_by_desc(session_row::Column::Id.eq(first.uuid()))
            .order_by_desc(session_row::Column::LastUsedAt)
            .order_by_desc(session_row::Column::Id)
            .limit(u64::from(limit))
            .all(self.connection())
            .await
            .map_err(repository_error)?;
        rows.into_iter().map(mapper::session).collect()
    }

    async fn user(&mut self, user: UserId) -> Result<Option<UserView>, RepositoryError> {
        let row = account_row::Entity::find_by_id(user.uuid())
            .filter(directory::visible(self.scope()))
            .one(self.connection())
            .await
            .map_err(repository_error)?;
        let Some(row) = row else { return Ok(None) };
        let memberships = self
            .memberships_of(&[user])
            .await?
            .remove(&user)
            .unwrap_or_default();
        Ok(Some(UserView {
            account: mapper::account(row)?,
            memberships,
        }))
    }

    async fn user_page(
        &mut self,
        filter: &UserFilter,
        page: &PageRequest<UserSort>,
    ) -> Result<Page<UserView>, RepositoryError> {
        let column = |field| match field {
            UserSort::FullName => SortColumn::text((account_row::Entity, account_row::Column::NameFolded)),
            UserSort::CreatedAt => SortColumn::instant((account_row::Entity, account_row::Column::CreatedAt)),
        };
        let mut people = directory::matching(self.scope(), filter);
        keyset::page(
            QueryTrait::query(&mut people),
            column,
            (account_row::Entity, account_row::Column::Id),
            page,
        )?;
        let rows = people.all(self.connection()).await.map_err(repository_error)?;
        let found = Page::cut(rows, page.limit, |row| position(row, page));
        let ids: Vec<UserId> = found.items.iter().map(|row| UserId::new(row.id)).collect();
        let mut memberships = self.memberships_of(&ids).await?;
        let views = found.items.into_iter().map(|row| {
            let memberships = memberships.remove(&UserId::new(row.id)).unwrap_or_default();
            Ok(UserView {
                account: mapper::account(row)?,
                memberships,
            })
        });
        Ok(Page {
            items: views.collect::<Result<_, RepositoryError>>()?,
            next: found.next,
        })
    }

    async fn user_count(&mut self, filter: &UserFilter) -> Result<u64, RepositoryError> {
        directory::matching(self.scope(), filter)
            .count(self.connection())
            .await
            .map_err(repository_error)
    }

    async fn recipients(&mut self, users: &[UserId]) -> Result<Vec<Account>, RepositoryError> {
        if users.is_empty() {
            return Ok(Vec::new());
        }
        let query = account_row::Entity::find()
            .filter(account_row::Column::Id.is_in(users.iter().map(|user| user.uuid())))
            .filter(account_row::Column::DisabledAt.is_null())
            .filter(directory::visible(self.scope()));
        self.accounts(query).await
    }

    async fn members_with_role(
        &mut self,
        tenant: TenantId,
        role: Role,
    ) -> Result<Vec<Account>, RepositoryError> {
        self.accounts(directory::active_with_role(self.scope(), tenant, role))
            .await
    }
}

impl SeaUnitOfWork {
    /// The accounts that a query finds, by id.
    async fn accounts(&self, query: Select<account_row::Entity>) -> Result<Vec<Account>, RepositoryError> {
        let rows = query
            .order_by_asc(account_row::Column::Id)
            .all(self.connection())
            .await
            .map_err(repository_error)?;
        rows.into_iter().map(mapper::account).collect()
    }
}

/// Where a person stands in the list.
fn position(row: &account_row::Model, page: &PageRequest<UserSort>) -> Position {
    page.position(row.id, |field| match field {
        UserSort::FullName => Some(row.name_folded.clone()),
        UserSort::CreatedAt => Some(keyset::instant(row.created_at)),
    })
}
