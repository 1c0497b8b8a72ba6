//! Roles by their names: the product's, and those that institutions define.

use std::borrow::Cow;

use ipt_domain::identity::tenant_role::{RoleKey, RoleName};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr, Schema,
        schema::{ObjectBuilder, Type},
    },
};

/// A role by its name: one of the product's, or the key of one that the institution defines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AnyRoleName(pub(crate) RoleName);

impl From<RoleKey> for AnyRoleName {
    fn from(key: RoleKey) -> Self {
        Self(RoleName::Further(key))
    }
}

impl Serialize for AnyRoleName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.as_str())
    }
}

impl<'de> Deserialize<'de> for AnyRoleName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = Cow::<str>::deserialize(deserializer)?;
        RoleName::parse(&name).map(Self).map_err(D::Error::custom)
    }
}

impl PartialSchema for AnyRoleName {
    fn schema() -> RefOr<Schema> {
        RefOr::T(
            ObjectBuilder::new()
                .schema_type(Type::String)
                .pattern(Some("^[a-z][a-z0-9_]{1,63}$"))
                .description(Some(
                    "A role by its name: one of the product's (see Role), or the key of one that the institution defines.",
                ))
                .examples(["student"])
                .build()
                .into(),
        )
    }
}

impl ToSchema for AnyRoleName {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("RoleName")
    }
}
