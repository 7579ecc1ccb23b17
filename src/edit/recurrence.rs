//! placeholder until the branch lands
use crate::model::Edit;
use crate::model::Task;
/// r
pub struct Rule;
impl Rule {
    /// p
    pub fn parse(_: &str) -> Result<Self, String> {
        Ok(Self)
    }
}
/// n
pub fn next_copy(_: &str, _: &Task, _: chrono::NaiveDate) -> Result<Option<Vec<Edit>>, String> {
    Ok(None)
}
