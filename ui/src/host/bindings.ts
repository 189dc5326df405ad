// Made from the Rust contract by `cargo xtask gen`. Do not edit.

/**
 * An agreement.
 */
export type AgreementRow = { 
/**
 * Title.
 */
name: string, 
/**
 * When it was signed, RFC 3339 UTC; `null` when it is not.
 */
signedAt: string | null, };

/**
 * Whether the client has permitted the work.
 */
export type AgreementState = "signed" | "unsigned" | "unknown";

/**
 * A sign-in through the system's browser.
 */
export type AzureSignIn = { 
/**
 * Base address of the portal's API.
 */
portal: string, 
/**
 * The company's `x-api-key`.
 */
apiKey: string, 
/**
 * Guards the cache where this computer has no keychain; `null` to use the keychain.
 */
passphrase: string | null, };

/**
 * A bureau's default dispute address.
 */
export type BureauAddressRow = { 
/**
 * Server key.
 */
id: string, 
/**
 * Which bureau.
 */
bureau: BureauCode, 
/**
 * First line on the envelope.
 */
title: string, 
/**
 * Where mail goes.
 */
address: PostalLines, };

/**
 * A bureau.
 */
export type BureauCode = "equifax" | "experian" | "transunion";

/**
 * How something was sent.
 */
export type ChannelCode = "fax" | "email" | "sms" | "letter" | "other";

/**
 * A file that the agent chose or dropped.
 */
export type ChosenFile = { 
/**
 * Stands for the file until the desk is closed.
 */
token: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Bytes.
 */
size: number, 
/**
 * What it is by its content; `null` when it cannot be taken.
 */
format: FileFormat | null, 
/**
 * Why it cannot be taken.
 */
problem: Problem | null, 
/**
 * The same bytes wait in the outbox already, or went through it.
 */
duplicate: boolean, };

/**
 * A claim code.
 */
export type ClaimCodeRow = { 
/**
 * Readable name.
 */
name: string, 
/**
 * For Equifax.
 */
equifax: string, 
/**
 * For Experian.
 */
experian: string, 
/**
 * For TransUnion.
 */
transunion: string, };

/**
 * One client in full.
 */
export type ClientCard = { 
/**
 * As in lists.
 */
row: ClientRow, 
/**
 * ISO date, or `null`.
 */
birthDate: string | null, 
/**
 * Every phone.
 */
phones: Array<string>, 
/**
 * Where the client gets mail.
 */
mailing: PostalLines, 
/**
 * Whether the mailing address is complete enough for a letter.
 */
mailingComplete: boolean, 
/**
 * Agreements in the cache.
 */
agreements: Array<AgreementRow>, 
/**
 * Documents in the cache.
 */
documents: Array<DocumentRow>, 
/**
 * Notes in the cache.
 */
notes: number, 
/**
 * Pieces of correspondence in the cache.
 */
correspondence: number, };

/**
 * One page of a search.
 */
export type ClientPage = { 
/**
 * How many clients match.
 */
total: number, 
/**
 * Rows from `offset` on.
 */
rows: Array<ClientRow>, };

/**
 * A client in a list.
 */
export type ClientRow = { 
/**
 * Server key.
 */
id: string, 
/**
 * In reading order.
 */
name: string, 
/**
 * Family name first.
 */
sortedName: string, 
/**
 * E-mail, or empty.
 */
email: string, 
/**
 * First phone, or empty.
 */
phone: string, 
/**
 * City of the mailing address, or empty.
 */
city: string, 
/**
 * State of the mailing address, or empty.
 */
state: string, 
/**
 * Last four of the SSN, or empty.
 */
ssnLastFour: string, 
/**
 * Negative items in the cache.
 */
items: number, 
/**
 * Permission to act.
 */
agreement: AgreementState, };

/**
 * What to find. Rows come by name.
 */
export type ClientSearch = { 
/**
 * Parts of name, e-mail, phone, id, or the last four of the SSN; empty finds everyone.
 */
query: string, 
/**
 * First row to answer.
 */
offset: number, 
/**
 * How many rows, at most 500.
 */
limit: number, };

/**
 * One piece of correspondence.
 */
export type CorrespondenceRow = { 
/**
 * The portal's key; `null` for a piece that still waits in the outbox.
 */
id: string | null, 
/**
 * How.
 */
channel: ChannelCode, 
/**
 * To whom, as far as the portal says.
 */
recipient: string, 
/**
 * How its delivery stands, in the portal's words; may be empty.
 */
status: string, 
/**
 * The negative item it is about.
 */
itemId: string | null, 
/**
 * Who sent it.
 */
runBy: string, 
/**
 * When, RFC 3339 UTC.
 */
createdAt: string | null, 
/**
 * Everything else that the portal says of it.
 */
attributes: { [key in string]: string }, 
/**
 * Keys and captions of its files.
 */
attachments: Array<FileLink>, 
/**
 * What waits for it in the outbox.
 */
pending: OutboxItem | null, };

/**
 * What the desk tells the window unasked.
 */
export type DeskEvent = { "type": "session", "body": Session } | { "type": "sync", "body": SyncStatus } | { "type": "outbox", "body": OutboxStatus } | { "type": "upload", "body": UploadProgress } | { "type": "dropped", "body": Array<ChosenFile> } | { "type": "changed", "body": Array<Topic> };

/**
 * A chosen file to be filed.
 */
export type DocumentAdd = { 
/**
 * Whose.
 */
clientId: string, 
/**
 * Stands for the file.
 */
token: string, 
/**
 * Documented type.
 */
kind: string, 
/**
 * Documented subtype; `null` for none.
 */
subkind: string | null, 
/**
 * What the portal shows for it; names no consumer.
 */
caption: string | null, };

/**
 * A document.
 */
export type DocumentCard = { 
/**
 * The portal's key; `null` for a document that still waits in the outbox.
 */
id: string | null, 
/**
 * Documented type, e.g. `id`.
 */
kind: string, 
/**
 * Documented subtype, e.g. `utility_bills`; may be empty.
 */
subkind: string, 
/**
 * What the portal shows for its file.
 */
caption: string, 
/**
 * `pdf`, `png`, ...
 */
extension: string, 
/**
 * Bytes.
 */
size: number, 
/**
 * When, RFC 3339 UTC.
 */
createdAt: string | null, 
/**
 * Key of its file, to be opened.
 */
attachmentId: string | null, 
/**
 * What waits for it in the outbox.
 */
pending: OutboxItem | null, };

/**
 * One document of a client.
 */
export type DocumentRef = { 
/**
 * Whose.
 */
clientId: string, 
/**
 * The document.
 */
id: string, };

/**
 * Another file for a document.
 */
export type DocumentReplace = { 
/**
 * Whose.
 */
clientId: string, 
/**
 * The document.
 */
id: string, 
/**
 * Stands for the file.
 */
token: string, };

/**
 * A document.
 */
export type DocumentRow = { 
/**
 * `id`, `credit_related`, ...
 */
kind: string, 
/**
 * `drive_licence`, `utility_bills`, ...
 */
subkind: string, 
/**
 * The file's caption.
 */
caption: string, 
/**
 * When it was filed, RFC 3339 UTC.
 */
createdAt: string | null, };

/**
 * For a command that takes nothing, or answers nothing but success.
 */
export type Empty = Record<symbol, never>;

/**
 * A letter that could not be queued.
 */
export type FaxProblem = { 
/**
 * The letter.
 */
letterId: string, 
/**
 * What happened and what to do.
 */
problem: Problem, };

/**
 * Letters to be faxed.
 */
export type FaxSend = { 
/**
 * Letters in the order they are wanted.
 */
letterIds: Array<string>, 
/**
 * Numbers in place of the recipients' own, by letter.
 */
numbers: { [key in string]: string }, };

/**
 * What was queued.
 */
export type FaxesQueued = { 
/**
 * One row for each letter.
 */
queued: Array<OutboxItem>, 
/**
 * Letters that could not be queued.
 */
problems: Array<FaxProblem>, };

/**
 * What a chosen file is, by its content.
 */
export type FileFormat = "jpeg" | "png" | "pdf" | "doc" | "docx";

/**
 * A stored file.
 */
export type FileLink = { 
/**
 * The portal's key.
 */
id: string, 
/**
 * What the portal shows for it.
 */
caption: string, 
/**
 * `pdf`, `png`, ...
 */
extension: string, };

/**
 * A furnisher.
 */
export type FurnisherRow = { 
/**
 * Server key.
 */
id: string, 
/**
 * Company name.
 */
name: string, 
/**
 * `Collection_Agency`, `Government_Office`, `Original_Creditor`, `Public_Record`, or another value of the server.
 */
kind: string, 
/**
 * Fax line, or empty.
 */
fax: string, 
/**
 * The address this desk last used for it; the server keeps none.
 */
address: PostalLines | null, };

/**
 * Which furnishers.
 */
export type FurnisherSearch = { 
/**
 * Parts of the name; empty finds the first by name.
 */
query: string, 
/**
 * How many, at most 500.
 */
limit: number, };

/**
 * One record's id.
 */
export type Id = { 
/**
 * The id as the list showed it.
 */
id: string, };

/**
 * Several records' ids.
 */
export type Ids = { 
/**
 * The ids as the list showed them.
 */
ids: Array<string>, };

/**
 * A negative item. Dates are ISO, amounts are formatted; `null` is unknown and is never guessed.
 */
export type ItemRow = { 
/**
 * Server key.
 */
id: string, 
/**
 * Which bureau reports it; `null` while its report is not in the cache.
 */
bureau: BureauCode | null, 
/**
 * Creditor or collector as reported.
 */
accountName: string, 
/**
 * As reported, usually masked.
 */
accountNumber: string, 
/**
 * "Credit Card", "Collection", ...
 */
accountType: string, 
/**
 * "Open", "Closed", ...
 */
accountStatus: string, 
/**
 * `new`, `not_processed`, `in_progress`, `repaired`, or another value of the server.
 */
status: string, 
/**
 * Must not be disputed.
 */
excluded: boolean, 
/**
 * Sold or assigned to a collector.
 */
collection: boolean, 
/**
 * Written off.
 */
chargeOff: boolean, 
/**
 * The bureau marks it as disputed already.
 */
disputed: boolean, 
/**
 * What is owed.
 */
balance: string | null, 
/**
 * What is overdue.
 */
pastDue: string | null, 
/**
 * When the account was opened.
 */
opened: string | null, 
/**
 * When the bureau last reported it.
 */
reported: string | null, 
/**
 * Last activity.
 */
lastActivity: string | null, 
/**
 * Payments 30, 60, and 90 or more days late.
 */
lates: [number, number, number], 
/**
 * The furnisher whose name the account carries.
 */
furnisherId: string | null, 
/**
 * Letters prepared or printed on this desk that dispute it.
 */
letters: number, };

/**
 * What guards the key of the cache.
 */
export type KeyGuard = "keychain" | "passphrase";

/**
 * A rectangle on the page in inches from its top left corner.
 */
export type LetterArea = { 
/**
 * From the left.
 */
x: number, 
/**
 * From the top.
 */
y: number, 
/**
 * Width.
 */
width: number, 
/**
 * Height.
 */
height: number, };

/**
 * Which letters.
 */
export type LetterFilter = { 
/**
 * Only this client's.
 */
clientId: string | null, 
/**
 * Also those set aside.
 */
discarded: boolean, };

/**
 * A disputed item and why it is disputed.
 */
export type LetterItem = { 
/**
 * The negative item.
 */
itemId: string, 
/**
 * The reason, picked by the agent for this item.
 */
reasonId: string, };

/**
 * What to print.
 */
export type LetterPrint = { 
/**
 * Letters in order.
 */
ids: Array<string>, 
/**
 * Queue name.
 */
printer: string, };

/**
 * A letter in a list. Its PDF is fetched by id.
 */
export type LetterRow = { 
/**
 * Made on this desk.
 */
id: string, 
/**
 * For whom.
 */
clientId: string, 
/**
 * Their name.
 */
clientName: string, 
/**
 * First line of the address block.
 */
recipientName: string, 
/**
 * The bureau, when it goes to one.
 */
bureau: BureauCode | null, 
/**
 * It has no postal address: it can be faxed, not mailed.
 */
faxOnly: boolean, 
/**
 * ISO date on the letter.
 */
dated: string, 
/**
 * Pages.
 */
pages: number, 
/**
 * How far it has come.
 */
stage: LetterStage, 
/**
 * When it was prepared, RFC 3339 UTC.
 */
preparedAt: string, 
/**
 * When it was last handed to a printer.
 */
printedAt: string | null, 
/**
 * Name of its template.
 */
templateName: string, 
/**
 * Account names of its items, in order.
 */
items: Array<string>, 
/**
 * What a #10 window shows of page 1.
 */
window: LetterArea | null, 
/**
 * Findings of the engine, e.g. markup it rendered as plain text.
 */
findings: Array<string>, };

/**
 * Which letters to save, and how.
 */
export type LetterSave = { 
/**
 * Letters in the order they are wanted.
 */
ids: Array<string>, 
/**
 * One file or many.
 */
layout: SaveLayout, };

/**
 * Where letters were saved.
 */
export type LetterSaved = { 
/**
 * Files written; empty when the agent closed the dialog.
 */
files: Array<string>, };

/**
 * How far a letter has come.
 */
export type LetterStage = "prepared" | "printed" | "discarded";

/**
 * A message to be sent.
 */
export type MessageSend = { "channel": "email", 
/**
 * About whom.
 */
clientId: string, 
/**
 * Address.
 */
to: string, 
/**
 * Subject.
 */
subject: string, 
/**
 * Text.
 */
body: string, 
/**
 * The item it is about.
 */
itemId: string | null, } | { "channel": "sms", 
/**
 * About whom.
 */
clientId: string, 
/**
 * Number.
 */
number: string, 
/**
 * Text.
 */
body: string, 
/**
 * The item it is about.
 */
itemId: string | null, } | { "channel": "letter", 
/**
 * About whom.
 */
clientId: string, 
/**
 * Text.
 */
content: string, 
/**
 * Where it goes.
 */
address: string, 
/**
 * The item it is about.
 */
itemId: string | null, };

/**
 * A new note.
 */
export type NoteAdd = { 
/**
 * About whom.
 */
clientId: string, 
/**
 * Plain text.
 */
text: string, };

/**
 * A changed note.
 */
export type NoteChange = { 
/**
 * The portal's key.
 */
id: string, 
/**
 * The new text.
 */
text: string, };

/**
 * A note.
 */
export type NoteRow = { 
/**
 * The portal's key; `null` for a note that still waits in the outbox.
 */
id: string | null, 
/**
 * Plain text.
 */
text: string, 
/**
 * Who wrote it.
 */
author: string, 
/**
 * When, RFC 3339 UTC.
 */
createdAt: string | null, 
/**
 * What waits for it in the outbox: its creation, a change, or its removal.
 */
pending: OutboxItem | null, };

/**
 * A decision on record.
 */
export type OutboxDecided = { 
/**
 * Which.
 */
decision: OutboxDecision, 
/**
 * When, RFC 3339 UTC.
 */
at: string, };

/**
 * What an agent decided about an unknown outcome.
 */
export type OutboxDecision = "was_sent" | "send_again" | "cancel";

/**
 * A row in full.
 */
export type OutboxDetail = { 
/**
 * As in the list.
 */
item: OutboxItem, 
/**
 * What can be edited.
 */
fields: Array<OutboxField>, 
/**
 * What was seen of it, oldest first.
 */
evidence: Array<OutboxEvidence>, 
/**
 * SHA-256 of its file.
 */
fileHash: string | null, 
/**
 * Key of its file on the portal.
 */
attachmentId: string | null, 
/**
 * The portal's key of what was made.
 */
serverId: string | null, 
/**
 * What the agent decided, and when.
 */
decision: OutboxDecided | null, };

/**
 * Edits a row that is queued or rejected; it is queued again.
 */
export type OutboxEdit = { 
/**
 * The row.
 */
id: string, 
/**
 * New values by the portal's name of the field; others stay.
 */
values: { [key in string]: string }, };

/**
 * Something that was seen of a row's fate.
 */
export type OutboxEvidence = { 
/**
 * When, RFC 3339 UTC.
 */
at: string, 
/**
 * What, in words.
 */
what: string, };

/**
 * A field of a row that can be edited.
 */
export type OutboxField = { 
/**
 * The portal's name, by which its messages come.
 */
name: string, 
/**
 * What people call it.
 */
label: string, 
/**
 * As it stands.
 */
value: string, 
/**
 * Several lines.
 */
long: boolean, };

/**
 * A row in the list.
 */
export type OutboxItem = { 
/**
 * Its key.
 */
id: string, 
/**
 * Whose lane it is in.
 */
clientId: string, 
/**
 * The client's name; empty when the client left the cache.
 */
clientName: string, 
/**
 * Its kind; `null` for one that this build does not know.
 */
kind: OutboxKind | null, 
/**
 * Where it stands.
 */
stage: OutboxStage, 
/**
 * What it does, e.g. `Fax to Equifax`.
 */
title: string, 
/**
 * More of it: a number, the begin of a text, a file.
 */
detail: string, 
/**
 * When it was queued, RFC 3339 UTC.
 */
createdAt: string, 
/**
 * When the last call began.
 */
sentAt: string | null, 
/**
 * Not before.
 */
nextAt: string | null, 
/**
 * Calls that the portal answered without taking it.
 */
attempts: number, 
/**
 * Another row of the client is before it.
 */
behind: boolean, 
/**
 * It waits for a decision of the agent.
 */
asks: boolean, 
/**
 * What keeps it.
 */
trouble: OutboxTrouble | null, 
/**
 * The letter that it sends or files.
 */
letterId: string | null, 
/**
 * Its text can be edited.
 */
editable: boolean, };

/**
 * Kind of a row; `null` in a row for a kind that this build does not know.
 */
export type OutboxKind = "fax" | "email" | "sms" | "postal_letter" | "record_fax" | "add_document" | "file_letter" | "replace_document" | "delete_document" | "link_attachment" | "unlink_attachment" | "create_note" | "update_note" | "delete_note" | "assign_goals" | "remove_goals" | "create_agreement";

/**
 * Why nothing is sent.
 */
export type OutboxPause = "sign_in" | "away" | "cache_failed";

/**
 * Which rows.
 */
export type OutboxQuery = { 
/**
 * Of one client, or of all.
 */
clientId: string | null, 
/**
 * Also those that are over; then the newest come first, 500 at most.
 */
over: boolean, };

/**
 * Settles an unknown outcome.
 */
export type OutboxSettle = { 
/**
 * The row.
 */
id: string, 
/**
 * What the agent found out.
 */
decision: OutboxDecision, };

/**
 * Where a row stands.
 */
export type OutboxStage = "queued" | "sending" | "done" | "rejected" | "unknown" | "cancelled";

/**
 * The outbox as the frame shows it.
 */
export type OutboxStatus = { 
/**
 * Rows that wait or are under way.
 */
waiting: number, 
/**
 * Rows that wait for the agent.
 */
trouble: number, 
/**
 * Why nothing is sent.
 */
paused: OutboxPause | null, };

/**
 * What keeps a row.
 */
export type OutboxTrouble = { 
/**
 * Which kind.
 */
kind: OutboxTroubleKind, 
/**
 * In words; may be the portal's own.
 */
message: string, 
/**
 * Messages by the portal's name of the field.
 */
fields: { [key in string]: Array<string> }, 
/**
 * What the portal has in place of what the edit was made on.
 */
theirs: string | null, };

/**
 * A kind of trouble.
 */
export type OutboxTroubleKind = "unreachable" | "busy" | "sign_in" | "refused" | "conflict" | "held" | "lost" | "unclear" | "too_many_tries" | "unknown_kind";

/**
 * A passphrase.
 */
export type Passphrase = { 
/**
 * As typed.
 */
passphrase: string, };

/**
 * Asks for the mail with the password-reset instructions.
 */
export type PasswordForgotten = { 
/**
 * Base address of the portal's API.
 */
portal: string, 
/**
 * The company's `x-api-key`.
 */
apiKey: string, 
/**
 * Account e-mail.
 */
email: string, };

/**
 * Sets a new password.
 */
export type PasswordReset = { 
/**
 * Base address of the portal's API.
 */
portal: string, 
/**
 * The company's `x-api-key`.
 */
apiKey: string, 
/**
 * Account e-mail.
 */
email: string, 
/**
 * The token of the mail.
 */
token: string, 
/**
 * The new password.
 */
password: string, };

/**
 * A postal address by its parts.
 */
export type PostalLines = { 
/**
 * Street, unit or P.O. box.
 */
street: string, 
/**
 * City.
 */
city: string, 
/**
 * State code.
 */
state: string, 
/**
 * ZIP code.
 */
zip: string, };

/**
 * A sign-in to the practice portal.
 */
export type Practice = { 
/**
 * Guards the cache where this computer has no keychain; `null` to use the keychain.
 */
passphrase: string | null, };

/**
 * What to write.
 */
export type PrepareLetters = { 
/**
 * For whom.
 */
clientId: string, 
/**
 * From what.
 */
templateId: string, 
/**
 * Disputed items, in the order they appear in the letters.
 */
items: Array<LetterItem>, 
/**
 * To whom.
 */
recipients: Array<RecipientChoice>, 
/**
 * Why letters are prepared although no agreement is signed. Recorded with each letter.
 */
unsignedOverride: string | null, };

/**
 * Why one recipient's letter was not written.
 */
export type PrepareProblem = { 
/**
 * Position in `recipients`.
 */
recipient: number, 
/**
 * Its name.
 */
recipientName: string, 
/**
 * What happened and what to do.
 */
problem: Problem, };

/**
 * What was written.
 */
export type PreparedLetters = { 
/**
 * Kept in the local record.
 */
letters: Array<LetterRow>, 
/**
 * What could not be written.
 */
problems: Array<PrepareProblem>, };

/**
 * A job that the operating system took.
 */
export type PrintJob = { 
/**
 * The operating system's name of the job, e.g. `PDF-12`.
 */
job: string, 
/**
 * Letters in it.
 */
letters: number, 
/**
 * Pages in it.
 */
pages: number, };

/**
 * A printer of this computer.
 */
export type PrinterRow = { 
/**
 * The operating system's name of the queue.
 */
name: string, 
/**
 * What people call it.
 */
label: string, 
/**
 * The one the operating system would choose.
 */
isDefault: boolean, 
/**
 * Accepts jobs now.
 */
ready: boolean, };

/**
 * A failure, worded for the agent.
 */
export type Problem = { 
/**
 * Which kind.
 */
code: ProblemCode, 
/**
 * What happened and what to do, in plain words.
 */
message: string, 
/**
 * Messages by field name, when the failure is about fields.
 */
fields?: { [key in string]: Array<string> }, };

/**
 * A kind of failure; the window has one table from this to what the agent reads and can do.
 */
export type ProblemCode = "bad_request" | "not_found" | "not_signed_in" | "wrong_credentials" | "session_expired" | "forbidden" | "portal_unreachable" | "portal_failed" | "portal_refused" | "portal_busy" | "portal_unreadable" | "keychain_unavailable" | "keychain_locked" | "key_missing" | "wrong_passphrase" | "weak_passphrase" | "cache_damaged" | "cache_busy" | "cache_too_new" | "disk_full" | "file_failed" | "cancelled" | "list_unstable" | "letter_failed" | "no_items_for_recipient" | "item_excluded" | "agreement_unsigned" | "address_incomplete" | "letters_unprinted" | "outbox_unsent" | "outbox_moved" | "outbox_waiting" | "held" | "print_failed" | "settings_wrong" | "internal";

/**
 * Whose data is in the cache.
 */
export type Realm = "portal" | "practice";

/**
 * A dispute reason.
 */
export type ReasonRow = { 
/**
 * Server key of the instruction.
 */
id: string, 
/**
 * The text that goes into the letter.
 */
name: string, 
/**
 * The code behind it.
 */
claimCode: ClaimCodeRow | null, 
/**
 * Kinds of creditor it is meant for; empty means all.
 */
creditorTypes: Array<string>, };

/**
 * A recipient and its items.
 */
export type RecipientChoice = { 
/**
 * Who.
 */
party: RecipientParty, 
/**
 * Which of the chosen items; `null` takes those the recipient reports: a bureau its own (and items of an unknown
 * bureau), a furnisher those that carry its name.
 */
itemIds: Array<string> | null, };

/**
 * Which party a letter goes to.
 */
export type RecipientParty = { "kind": "bureau", 
/**
 * Which.
 */
bureau: BureauCode, } | { "kind": "furnisher", 
/**
 * Server key.
 */
furnisherId: string, 
/**
 * Where to mail it; remembered on this desk. Without one the letter is addressed for fax.
 */
address: PostalLines | null, };

/**
 * Progress of one kind of record.
 */
export type ResourceProgress = { 
/**
 * `clients`, `negative_items`, ...
 */
resource: string, 
/**
 * How it stands.
 */
state: ResourceState, 
/**
 * Records read in this pull.
 */
done: number, 
/**
 * Records there are, once the portal has said so.
 */
total: number | null, };

/**
 * How one kind of record stands.
 */
export type ResourceState = "waiting" | "running" | "done";

/**
 * What the portal said of something that has no other answer.
 */
export type Said = { 
/**
 * The portal's words; may be empty.
 */
message: string, };

/**
 * One file or many.
 */
export type SaveLayout = "merged" | "separate";

/**
 * The session as it stands.
 */
export type Session = { 
/**
 * How far the desk is open.
 */
stage: SessionStage, 
/**
 * Whose data; `null` while signed out.
 */
realm: Realm | null, 
/**
 * Host name of the portal.
 */
portal: string | null, 
/**
 * Name of the signed-in agent.
 */
agent: string | null, 
/**
 * What guards the key.
 */
guard: KeyGuard | null, 
/**
 * The portal no longer accepts the session; local work goes on.
 */
signInNeeded: boolean, 
/**
 * Why the cache is blocked.
 */
problem: Problem | null, 
/**
 * The application's version.
 */
version: string, };

/**
 * Where the desk stands between "nothing here yet" and "ready to work".
 */
export type SessionStage = "signed_out" | "locked" | "blocked" | "ready";

/**
 * A sign-in to the company's portal.
 */
export type SignIn = { 
/**
 * Base address of the portal's API, e.g. `https://portal.example.com/api`.
 */
portal: string, 
/**
 * Account e-mail.
 */
email: string, 
/**
 * Account password.
 */
password: string, 
/**
 * The company's `x-api-key`.
 */
apiKey: string, 
/**
 * Guards the cache where this computer has no keychain; `null` to use the keychain.
 */
passphrase: string | null, };

/**
 * What the deployment set for sign-in.
 */
export type SignInOptions = { 
/**
 * Address of the portal, to be offered.
 */
portal: string | null, 
/**
 * Whether "Sign in with Microsoft" can be offered.
 */
azure: boolean, };

/**
 * A sign-out.
 */
export type SignOut = { 
/**
 * Sign out even when prepared letters would be lost; without it that is `letters_unprinted`.
 */
discardLetters: boolean, 
/**
 * Sign out even when something was not sent yet; without it that is `outbox_unsent`.
 */
discardUnsent: boolean, };

/**
 * The pull as it stands.
 */
export type SyncStatus = { 
/**
 * Grows with every status of a running desk: of two, the one with the higher number is newer, whichever arrives
 * first.
 */
revision: number, 
/**
 * A pull is running.
 */
running: boolean, 
/**
 * Whether the portal answered when last asked; `null` before the first time.
 */
online: boolean | null, 
/**
 * By kind, in the order they are read. Empty before the first pull.
 */
resources: Array<ResourceProgress>, 
/**
 * When the last whole pull ended, RFC 3339 UTC.
 */
finishedAt: string | null, 
/**
 * Why the last pull stopped early.
 */
problem: Problem | null, 
/**
 * Records kept aside because this build cannot read them.
 */
parked: number, };

/**
 * A template.
 */
export type TemplateRow = { 
/**
 * Server key.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * `static`, `smart`, or another value of the server.
 */
kind: string, 
/**
 * Category, or empty.
 */
category: string, 
/**
 * Meant for disputes.
 */
dispute: boolean, };

/**
 * What local data changed.
 */
export type Topic = "clients" | "items" | "library" | "letters" | "outbox" | "notes" | "documents" | "correspondence";

/**
 * A file on its way.
 */
export type UploadProgress = { 
/**
 * The row.
 */
id: string, 
/**
 * Bytes that left.
 */
sent: number, 
/**
 * Bytes in all.
 */
total: number, };

/**
 * Why a letter says what it says.
 */
export type Why = { 
/**
 * Template name.
 */
templateName: string, 
/**
 * SHA-256 of the template's blocks.
 */
templateHash: string, 
/**
 * Decides every `{a|b}` choice.
 */
seed: string, 
/**
 * SHA-256 of the data that filled the shortcodes.
 */
dataHash: string, 
/**
 * SHA-256 of the PDF.
 */
pdfHash: string, 
/**
 * Layout engine version.
 */
engine: string, 
/**
 * Who prepared it.
 */
author: string, 
/**
 * Each account with its reason.
 */
items: Array<[string, string]>, 
/**
 * Why it was prepared without a signed agreement.
 */
unsignedOverride: string | null, };

export interface Commands {
  /** Who is signed in, and whether the local cache is open. */
  session_get: { take: Empty; give: Session };
  /** Signs in to a portal; makes the local cache on the first time. */
  session_sign_in: { take: SignIn; give: Session };
  /** What the deployment set for sign-in. */
  session_options: { take: Empty; give: SignInOptions };
  /** Signs in on Microsoft's page in the system's browser; waits for it. */
  session_sign_in_azure: { take: AzureSignIn; give: Session };
  /** Stops waiting for the browser. */
  session_cancel_azure: { take: Empty; give: Empty };
  /** Has the portal mail the password-reset instructions. */
  password_forgotten: { take: PasswordForgotten; give: Said };
  /** Sets a new password with the token of the mail. */
  password_reset: { take: PasswordReset; give: Said };
  /** Signs in to the practice portal of this application. */
  session_practice: { take: Practice; give: Session };
  /** Opens a cache that a passphrase guards. */
  session_unlock: { take: Passphrase; give: Session };
  /** Tries again to open a cache whose key could not be read. */
  session_retry: { take: Empty; give: Session };
  /** Sets a cache that cannot be read aside, keeping its files, so that a new one can be made. */
  session_set_aside: { take: Empty; give: Session };
  /** Signs out and wipes the local cache. */
  session_sign_out: { take: SignOut; give: Session };
  /** Starts a pull, unless one runs. */
  sync_start: { take: Empty; give: SyncStatus };
  /** Stops the pull; what it brought is kept. */
  sync_cancel: { take: Empty; give: SyncStatus };
  /** How the pull stands. */
  sync_status: { take: Empty; give: SyncStatus };
  /** Finds clients by name, e-mail, phone, id or last four of the SSN; all of them for an empty text. */
  client_search: { take: ClientSearch; give: ClientPage };
  /** One client. */
  client_get: { take: Id; give: ClientCard };
  /** A client's negative items, by bureau and account name. */
  item_list: { take: Id; give: Array<ItemRow> };
  /** The default dispute addresses. */
  bureau_address_list: { take: Empty; give: Array<BureauAddressRow> };
  /** Finds furnishers by name. */
  furnisher_search: { take: FurnisherSearch; give: Array<FurnisherRow> };
  /** Templates that letters can be written from. */
  template_list: { take: Empty; give: Array<TemplateRow> };
  /** Dispute reasons in the company's order. */
  reason_list: { take: Empty; give: Array<ReasonRow> };
  /** Writes the letters: one for each recipient, with only its items. */
  letter_prepare: { take: PrepareLetters; give: PreparedLetters };
  /** Prepared, printed or discarded letters, newest first. */
  letter_list: { take: LetterFilter; give: Array<LetterRow> };
  /** Why a letter says what it says. */
  letter_why: { take: Id; give: Why };
  /** Sets letters aside; `letter_restore` undoes it. */
  letter_discard: { take: Ids; give: Array<LetterRow> };
  /** Brings discarded letters back. */
  letter_restore: { take: Ids; give: Array<LetterRow> };
  /** Asks where, and saves letters as PDF. */
  letter_save: { take: LetterSave; give: LetterSaved };
  /** What is to be sent. */
  outbox_list: { take: OutboxQuery; give: Array<OutboxItem> };
  /** One row in full. */
  outbox_get: { take: Id; give: OutboxDetail };
  /** How many rows wait, and why nothing is sent. */
  outbox_status: { take: Empty; give: OutboxStatus };
  /** Tries a row again, now. */
  outbox_retry: { take: Id; give: OutboxItem };
  /** Gives a row up. */
  outbox_cancel: { take: Id; give: OutboxItem };
  /** Settles an unknown outcome. */
  outbox_settle: { take: OutboxSettle; give: OutboxItem };
  /** Corrects a row and queues it again. */
  outbox_edit: { take: OutboxEdit; give: OutboxItem };
  /** The network may be back. */
  network_back: { take: Empty; give: Empty };
  /** A client's notes. */
  note_list: { take: Id; give: Array<NoteRow> };
  /** Queues a new note. */
  note_add: { take: NoteAdd; give: OutboxItem };
  /** Queues a change of a note. */
  note_change: { take: NoteChange; give: OutboxItem };
  /** Queues the removal of a note. */
  note_remove: { take: Id; give: OutboxItem };
  /** A client's documents. */
  document_list: { take: Id; give: Array<DocumentCard> };
  /** Asks for files in the system's dialog. */
  document_choose: { take: Empty; give: Array<ChosenFile> };
  /** Queues a chosen file as a new document. */
  document_add: { take: DocumentAdd; give: OutboxItem };
  /** Queues a chosen file in place of a document's. */
  document_replace: { take: DocumentReplace; give: OutboxItem };
  /** Queues the removal of a document. */
  document_remove: { take: DocumentRef; give: OutboxItem };
  /** A client's correspondence. */
  correspondence_list: { take: Id; give: Array<CorrespondenceRow> };
  /** Queues an e-mail, a text message or a letter by the portal. */
  message_send: { take: MessageSend; give: OutboxItem };
  /** Queues letters as faxes. */
  fax_send: { take: FaxSend; give: FaxesQueued };
  /** The printers of this computer. */
  printer_list: { take: Empty; give: Array<PrinterRow> };
  /** Prints letters as one job. */
  letter_print: { take: LetterPrint; give: PrintJob };
}
