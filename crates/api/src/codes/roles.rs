//! Roles: which there are, who gives them, and where they are held.

use super::Code;

/// All of them.
pub(super) const ALL: &[&Code] = &[
    &Code::new(
        "own_roles",
        403,
        "Nobody changes the own roles",
        "A change of one's own roles was asked for.",
        "Ask another administrator.",
    ),
    &Code::new(
        "role_not_grantable",
        403,
        "Not your role to give",
        "The role is not among those that your own roles may give or take, or not in this organisation.",
        "Ask somebody whose role stands above the one in question.",
    ),
    &Code::new(
        "role_exceeds_maker",
        403,
        "More than is yours to give",
        "A role would permit something, or let somebody grant a role, that none of your own roles lets you grant.",
        "Leave out what `detail` names, or ask somebody whose role stands above yours.",
    ),
    &Code::new(
        "role_in_use",
        409,
        "Somebody holds the role",
        "A role cannot be removed while anybody holds it, not even by a membership that is disabled. `people` says how many do.",
        "Take the role from them first: `/users?role=KEY` lists them.",
    ),
    &Code::new(
        "role_key_taken",
        409,
        "The key is taken",
        "The institution has a role with this key already.",
        "Choose another one.",
    ),
    &Code::new(
        "role_key_invalid",
        422,
        "Not a key of a role",
        "The key is not 2 to 64 lower-case letters, digits and underscores with a letter first.",
        "Write it like `registrar` or `it_desk`.",
    ),
    &Code::new(
        "role_key_reserved",
        422,
        "The key is a role's of the product",
        "Every institution has a role of this name.",
        "Choose another key.",
    ),
    &Code::new(
        "role_unknown",
        422,
        "There is no such role",
        "Neither the product nor the institution has a role of this name.",
        "Check the name; `/roles` lists those of the institution.",
    ),
    &Code::new(
        "permissions_required",
        422,
        "A permission is missing",
        "A role without a permission gives nothing.",
        "Name at least one permission.",
    ),
    &Code::new(
        "permission_misplaced",
        422,
        "Not a permission of an institution",
        "The permission means something over the deployment only.",
        "Leave it out.",
    ),
    &Code::new(
        "role_misplaced",
        422,
        "The role is not held there",
        "A role over the deployment was named in an institution, or the other way round.",
        "Give institution roles in an institution, and deployment roles at the command line.",
    ),
    &Code::new(
        "organisation_required",
        422,
        "The role needs an organisation",
        "The role is held in an organisation, and none was named.",
        "Name the organisation in `organisation_id`.",
    ),
    &Code::new(
        "roles_required",
        422,
        "A role is missing",
        "A membership without a role gives nothing.",
        "Name at least one role, or remove the person.",
    ),
    &Code::new(
        "tenant_required",
        422,
        "The institution must be named",
        "The role is held in an institution, and none was named.",
        "Name the institution.",
    ),
];
