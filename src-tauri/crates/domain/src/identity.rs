//! What this desk saw of proofs of a client's identity.

use jiff::Timestamp;

/// What came of a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProofOutcome {
    /// The answers were right, or a code was.
    Proven,
    /// The client counts as proven without questions.
    Skipped,
    /// The portal took neither the answers nor any further ones.
    Refused,
}

impl ProofOutcome {
    /// The stored spelling.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            ProofOutcome::Proven => "proven",
            ProofOutcome::Skipped => "skipped",
            ProofOutcome::Refused => "refused",
        }
    }

    /// Reads the stored spelling.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [ProofOutcome::Proven, ProofOutcome::Skipped, ProofOutcome::Refused].into_iter().find(|one| one.code() == code)
    }
}

/// The last proof with one provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityProof {
    /// Who asked, as the portal calls it.
    pub provider: String,
    /// What came of it.
    pub outcome: ProofOutcome,
    /// When.
    pub at: Timestamp,
    /// Which agent asked.
    pub author: String,
}
