//! What the person was told in the application.

use ipt_ports::{
    engagement::{NotificationFilter, NotificationSort},
    page::{Direction, PageRequest, Sort},
};
use serde_json::json;

use super::{super::build::BuildError, Contents, array::AT_ONCE};

pub(super) async fn write(contents: &mut Contents<'_>) -> Result<(), BuildError> {
    let filter = NotificationFilter {
        user_id: contents.user(),
        unread: false,
    };
    let mut page = PageRequest {
        limit: AT_ONCE,
        after: None,
        sort: vec![Sort {
            field: NotificationSort::CreatedAt,
            direction: Direction::Ascending,
        }],
    };
    let mut array = contents.begin_array("notifications.json").await?;
    loop {
        let mut reader = contents.reader().await?;
        let found = reader.notifications().notification_page(&filter, &page).await?;
        drop(reader);
        for told in &found.items {
            let value = json!({
                "id": told.id,
                "tenant_id": told.tenant_id,
                "kind": told.kind,
                "object": { "kind": told.object.0, "id": told.object.1 },
                "values": told.values,
                "created_at": told.created_at,
                "read_at": told.read_at,
            });
            contents.add(&mut array, &value).await?;
        }
        page.after = found.next;
        if page.after.is_none() {
            break;
        }
    }
    contents.end_array(array).await
}
