// Made from the Rust contract by `cargo xtask gen`. Do not edit.

/**
 * A recipient that is neither bureau nor furnisher.
 */
export type AddresseeRow = { 
/**
 * This desk's key.
 */
id: string, 
/**
 * First line on the envelope.
 */
name: string, 
/**
 * Where it is mailed.
 */
address: PostalLines, 
/**
 * Fax line, ten digits, or empty.
 */
fax: string, };

/**
 * A recipient that is neither bureau nor furnisher, as typed. One is kept for each name.
 */
export type AddresseeSave = { 
/**
 * First line on the envelope, at most 100 characters like each line of the address.
 */
name: string, 
/**
 * Where it is mailed: all four parts, the state by two letters.
 */
address: PostalLines, 
/**
 * Fax line of the North American plan, or empty.
 */
fax: string, };

/**
 * An agreement that the client signed elsewhere, to be recorded.
 */
export type AgreementAdd = { 
/**
 * Whose.
 */
clientId: string, 
/**
 * Title.
 */
name: string, 
/**
 * Its kind in the portal's words: see `agreement_kinds`.
 */
kind: string, 
/**
 * The day on which it was signed, ISO; `null` for one that is not signed.
 */
signedOn: string | null, 
/**
 * Stands for the signed paper; `null` for none.
 */
token: string | null, };

/**
 * An agreement in full.
 */
export type AgreementCard = { 
/**
 * The portal's key; `null` for one that still waits in the outbox.
 */
id: string | null, 
/**
 * Title; may be empty.
 */
name: string, 
/**
 * Its kind in the portal's words; may be empty.
 */
kind: string, 
/**
 * How it stands today. Never unknown.
 */
state: AgreementState, 
/**
 * When it was signed, RFC 3339 UTC.
 */
signedAt: string | null, 
/**
 * The last day on which a signed one may or might be cancelled, ISO.
 */
cancellableUntil: string | null, 
/**
 * When it was recorded, RFC 3339 UTC.
 */
createdAt: string | null, 
/**
 * The agreement as a file.
 */
file: FileLink | null, 
/**
 * It waits in the outbox: before the portal has it, it permits nothing.
 */
pending: OutboxItem | null, };

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
export type AgreementState = "signed" | "cancellable" | "unsigned" | "unknown";

/**
 * What was brought into the outbox.
 */
export type AsideRescued = { 
/**
 * The rows, which wait for the agent.
 */
brought: Array<OutboxItem>, 
/**
 * Rows that cannot be read, or whose file cannot.
 */
unreadable: number, };

/**
 * A cache that was set aside.
 */
export type AsideRow = { 
/**
 * Its key.
 */
id: string, 
/**
 * When it was set aside, RFC 3339 UTC.
 */
at: string, 
/**
 * Rows that were not sent and can be brought here.
 */
unsent: number, 
/**
 * Rows that cannot be read.
 */
unreadable: number, 
/**
 * Its last changes are lost: what seems to wait may have been sent.
 */
lostChanges: boolean, 
/**
 * Why nothing of it can be brought here.
 */
problem: Problem | null, };

/**
 * How a fact may be changed.
 */
export type AttributeEdit = { 
/**
 * The portal's name of what is changed: by it come its messages.
 */
name: string, 
/**
 * What its values look like.
 */
kind: ClientValueKind, 
/**
 * As it is kept, with what waits to be changed; empty when there is none.
 */
value: string, };

/**
 * Attributes that belong together.
 */
export type AttributeGroup = { 
/**
 * What they are about.
 */
kind: AttributeGroupKind, 
/**
 * What may be changed, in the order of a form; then the others by label.
 */
rows: Array<AttributeRow>, };

/**
 * What a client's attributes are about.
 */
export type AttributeGroupKind = "person" | "contact" | "mailing" | "address" | "work" | "other";

/**
 * One of a client's dynamic attributes.
 */
export type AttributeRow = { 
/**
 * As the portal calls it: templates name it so.
 */
name: string, 
/**
 * In words.
 */
label: string, 
/**
 * As an office writes it, with no Social Security number whole; `null` when it is empty.
 */
value: string | null, 
/**
 * How it is changed; `null` for what the portal lets nobody change from here.
 */
edit: AttributeEdit | null, 
/**
 * The change of it that waits.
 */
pending: OutboxItem | null, };

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
 * The portal's header of a bureau's report.
 */
export type BureauHeader = { 
/**
 * Which; `null` when the portal names another.
 */
bureau: BureauCode | null, 
/**
 * When the portal made it, RFC 3339 UTC.
 */
createdAt: string | null, 
/**
 * When the portal last changed it, RFC 3339 UTC.
 */
updatedAt: string | null, };

/**
 * What is kept on this computer.
 */
export type CacheView = { 
/**
 * Size of the cache's folder on the disk.
 */
bytes: number, 
/**
 * By kind of record, in the order they are read; kinds that were never read are left out.
 */
kinds: Array<CachedKind>, 
/**
 * Records kept aside because this build cannot read them.
 */
parked: number, };

/**
 * Records of one kind in the cache.
 */
export type CachedKind = { 
/**
 * `clients`, `negative_items`, ...
 */
resource: string, 
/**
 * Records; of `client_details`, clients whose agreements, documents and reports were read.
 */
records: number, 
/**
 * The last pull of it came to its end.
 */
whole: boolean, };

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
 * A client's agreements.
 */
export type ClientAgreements = { 
/**
 * Newest first.
 */
agreements: Array<AgreementCard>, 
/**
 * What permits or forbids letters: the first signed one decides.
 */
permission: AgreementState, };

/**
 * How many of one kind there are.
 */
export type ClientAlert = { 
/**
 * Which.
 */
kind: ClientAlertKind, 
/**
 * How many; never zero.
 */
count: number, 
/**
 * Days since the longest overdue of them was due.
 */
days: number | null, };

/**
 * Something about a client that asks for the agent.
 */
export type ClientAlertKind = "outbox_asks" | "answers_overdue" | "tasks_overdue" | "items_reinserted";

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
correspondence: number, 
/**
 * Credit reports in the cache.
 */
reports: number, 
/**
 * Open tasks in the cache.
 */
openTasks: number, };

/**
 * A file that is tied to the client's own record, beside documents and correspondence.
 */
export type ClientFile = { 
/**
 * The file.
 */
file: FileLink, 
/**
 * What waits for it in the outbox.
 */
pending: OutboxItem | null, };

/**
 * A file and the client that it is tied to, or is to be.
 */
export type ClientFileRef = { 
/**
 * Whose.
 */
clientId: string, 
/**
 * The file's key on the portal.
 */
fileId: string, };

/**
 * What clients must meet to be in the list; what is not set narrows nothing.
 */
export type ClientFilter = { 
/**
 * The agreement stands in one of these ways; empty for any.
 */
agreements: Array<AgreementState>, 
/**
 * The mailing address is in one of these states; empty for any.
 */
states: Array<string>, 
/**
 * The mailing address is complete, or is not.
 */
mailingComplete: boolean | null, 
/**
 * One of these products was bought, by name; empty for any.
 */
products: Array<string>, 
/**
 * There are items that no letter of this desk and no dispute of the portal is about.
 */
undisputed: boolean, 
/**
 * Letters were prepared and neither printed, saved nor sent.
 */
lettersWaiting: boolean, 
/**
 * An answer is overdue or due within a week.
 */
followUpDue: boolean, 
/**
 * An open task is overdue or due within a week.
 */
taskDue: boolean, 
/**
 * No letter of this desk went out in so many days; 0 for none ever.
 */
noLetterDays: number | null, 
/**
 * A member of this segment of the portal, when its members were last read.
 */
segment: string | null, };

/**
 * What there is to choose from.
 */
export type ClientFilterChoices = { 
/**
 * States of the mailing addresses.
 */
states: Array<ClientFilterValue>, 
/**
 * Products that were bought.
 */
products: Array<ClientFilterValue>, 
/**
 * Segments of clients, by name.
 */
segments: Array<SegmentRow>, };

/**
 * Keeps a filter.
 */
export type ClientFilterSave = { 
/**
 * The filter that this takes the place of, also one that was just removed; `null` for a new one.
 */
id: string | null, 
/**
 * A name that no other filter has; case and accents do not tell names apart.
 */
name: string, 
/**
 * What it asks for.
 */
filter: ClientFilter, 
/**
 * How it sorts.
 */
sort: ClientSort, };

/**
 * A value that clients have.
 */
export type ClientFilterValue = { 
/**
 * The value.
 */
name: string, 
/**
 * Clients who have it.
 */
clients: number, };

/**
 * How fresh one client's records are.
 */
export type ClientFreshness = { 
/**
 * When all of them were last read by themselves since the desk was opened, RFC 3339 UTC.
 */
checkedAt: string | null, 
/**
 * Why they could not be read now; what is shown is what the cache had.
 */
problem: Problem | null, };

/**
 * A client's goals, and those there are to choose from.
 */
export type ClientGoals = { 
/**
 * The client's by name, those that wait to be given or taken away among them.
 */
goals: Array<GoalRow>, 
/**
 * What became of asking the portal for them.
 */
access: RecordAccess, 
/**
 * Every goal that the company has, by name.
 */
choices: Array<GoalChoice>, 
/**
 * What became of asking the portal for that list.
 */
choicesAccess: RecordAccess, };

/**
 * A client's attributes, and what may be changed although the portal has nothing of it yet.
 */
export type ClientOverview = { 
/**
 * Groups that have any.
 */
groups: Array<AttributeGroup>, };

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
 * A client's products.
 */
export type ClientProducts = { 
/**
 * The first bought first.
 */
products: Array<ProductRow>, 
/**
 * What became of asking the portal for them.
 */
access: RecordAccess, };

/**
 * What a client has of reports.
 */
export type ClientReports = { 
/**
 * Stored reports, newest first.
 */
reports: Array<ReportRow>, 
/**
 * What the portal says of each bureau's report.
 */
headers: Array<BureauHeader>, 
/**
 * What became of asking for them.
 */
access: RecordAccess, 
/**
 * Contents that are kept here of each bureau.
 */
keptPerBureau: number, };

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
 * What to find.
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
limit: number, 
/**
 * The order.
 */
sort: ClientSort, 
/**
 * What all of them must meet, beside the words.
 */
filter: ClientFilter, };

/**
 * How the list is sorted. Clients of the same value come by name, those without a value last.
 */
export type ClientSort = { 
/**
 * The column.
 */
by: ClientSortBy, 
/**
 * From Z to A, from many to few.
 */
descending: boolean, };

/**
 * A column of the list of clients.
 */
export type ClientSortBy = "name" | "city" | "email" | "phone" | "ssn" | "id" | "items" | "agreement";

/**
 * What matters of a client, as far as the cache knows it.
 */
export type ClientStanding = { 
/**
 * The last proof of identity with each provider, the last first. The portal does not tell what was proven elsewhere, so
 * none is not a "no".
 */
proofs: Array<ProofRow>, 
/**
 * Names of what the client bought, the first bought first.
 */
products: Array<string>, 
/**
 * What became of asking the portal for products.
 */
productsAccess: RecordAccess, 
/**
 * Names of the client's goals, with those that wait to be given and without those that wait to be taken away.
 */
goals: Array<string>, 
/**
 * What became of asking the portal for the client's goals.
 */
goalsAccess: RecordAccess, 
/**
 * What asks for the agent, the most pressing first.
 */
alerts: Array<ClientAlert>, };

/**
 * A client's tasks.
 */
export type ClientTasks = { 
/**
 * Open ones first, the most overdue first; then the others, newest first.
 */
tasks: Array<TaskRow>, 
/**
 * What became of asking the portal for them.
 */
access: RecordAccess, };

/**
 * Changes of a client.
 */
export type ClientUpdate = { 
/**
 * Whose.
 */
clientId: string, 
/**
 * What. A value that is as it was seen is no change.
 */
changes: Array<ClientValue>, };

/**
 * A value that an agent changed.
 */
export type ClientValue = { 
/**
 * The portal's name of it, as [`AttributeEdit`] has it.
 */
name: string, 
/**
 * As the agent saw it, in the form of [`AttributeEdit`].
 */
seen: string, 
/**
 * As it is to be.
 */
value: string, };

/**
 * What a value looks like.
 */
export type ClientValueKind = "text" | "lines" | "email" | "phone" | "day" | "state" | "zip";

/**
 * The company, as letters name it.
 */
export type CompanyView = { 
/**
 * Its name; like the others, empty when it is not set.
 */
name: string, 
/**
 * Its address on one line.
 */
address: string, 
/**
 * Its telephone number.
 */
phone: string, 
/**
 * Its fax number.
 */
fax: string, };

/**
 * One piece of correspondence.
 */
export type CorrespondenceRow = { 
/**
 * The portal's key; `null` for a piece that still waits in the outbox, and for a letter that was mailed from here.
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
 * When, RFC 3339 UTC; of what this desk sent and the portal gives no time, when it went from here.
 */
createdAt: string | null, 
/**
 * The day, where no more is known.
 */
sentOn: string | null, 
/**
 * The letter of this desk that it is.
 */
letterId: string | null, 
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
 * A line of it.
 */
export type CustomerLine = { 
/**
 * What it is.
 */
title: string, 
/**
 * What is said of it; may be empty.
 */
detail: string, };

/**
 * A part of what the client sees in the company's customer portal.
 */
export type CustomerPart = "data" | "items" | "documents" | "agreements" | "products" | "goals";

/**
 * One part, or why it cannot be shown.
 */
export type CustomerSection = { 
/**
 * Which.
 */
part: CustomerPart, 
/**
 * In the portal's order; at most 200.
 */
lines: Array<CustomerLine>, 
/**
 * How many there are.
 */
total: number, 
/**
 * Why it could not be read.
 */
problem: Problem | null, };

/**
 * What the client sees, as the portal has it now.
 */
export type CustomerView = { 
/**
 * In the order in which they are shown.
 */
sections: Array<CustomerSection>, };

/**
 * What the desk tells the window unasked.
 */
export type DeskEvent = { "type": "session", "body": Session } | { "type": "sync", "body": SyncStatus } | { "type": "outbox", "body": OutboxStatus } | { "type": "upload", "body": UploadProgress } | { "type": "fetch", "body": FetchProgress } | { "type": "print_run", "body": PrintRunProgress } | { "type": "letters", "body": LettersProgress } | { "type": "files_over", "body": boolean } | { "type": "dropped", "body": Array<ChosenFile> } | { "type": "changed", "body": Array<Topic> };

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
 * The file is on this computer: it opens without a network.
 */
here: boolean, 
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
 * How many windows an envelope has.
 */
export type EnvelopeKind = "none" | "single" | "double";

/**
 * An envelope and the sheet of US Letter in it. All measures in inches.
 */
export type EnvelopeView = { 
/**
 * How many windows.
 */
kind: EnvelopeKind, 
/**
 * Its width; `null` for one without a window, of which nothing is set.
 */
width: number | null, 
/**
 * Its height.
 */
height: number | null, 
/**
 * Its windows, the recipient's first.
 */
windows: Array<EnvelopeWindow>, 
/**
 * From the sheet's top edge to its first fold.
 */
firstFold: number, 
/**
 * From the sheet's top edge to its second fold.
 */
secondFold: number, };

/**
 * A window of an envelope, and what it shows of a folded sheet. All measures in inches.
 */
export type EnvelopeWindow = { 
/**
 * From the envelope's left edge.
 */
left: number, 
/**
 * From the envelope's lower edge.
 */
bottom: number, 
/**
 * Its width.
 */
width: number, 
/**
 * Its height.
 */
height: number, 
/**
 * What it shows of the first page wherever the sheet slides: the address stands here.
 */
alwaysShows: LetterArea, 
/**
 * What it can show of the first page at some position of the sheet: nothing else stands here.
 */
canShow: LetterArea, };

/**
 * A new exclusion.
 */
export type ExclusionAdd = { 
/**
 * Whose.
 */
clientId: string, 
/**
 * What.
 */
what: ExclusionKind, 
/**
 * Why; may be empty.
 */
reason: string, };

/**
 * What is left alone.
 */
export type ExclusionKind = { "kind": "item", 
/**
 * Which.
 */
itemId: string, } | { "kind": "late_payment", 
/**
 * Which item.
 */
itemId: string, 
/**
 * Which payment, in the agent's words: `90 days late in May 2025`.
 */
payment: string, } | { "kind": "bureau", 
/**
 * Which.
 */
bureau: BureauCode, } | { "kind": "creditor", 
/**
 * Its name as an item spells it.
 */
name: string, };

/**
 * An exclusion recorded on this desk.
 */
export type ExclusionRow = { 
/**
 * For `exclusion_remove`.
 */
id: string, 
/**
 * What.
 */
what: ExclusionKind, 
/**
 * Why.
 */
reason: string, 
/**
 * When, RFC 3339 UTC.
 */
at: string, 
/**
 * By whom.
 */
by: string, };

/**
 * How fine a fax machine prints.
 */
export type FaxFineness = "standard" | "fine";

/**
 * A fax to be looked at before it is queued.
 */
export type FaxLook = { 
/**
 * The letter.
 */
letterId: string, 
/**
 * The number in place of the recipient's own; the cover page prints it.
 */
number: string | null, 
/**
 * A cover page goes before the letter.
 */
cover: boolean, };

/**
 * How many pages a fax has.
 */
export type FaxPages = { 
/**
 * Pages that are sent, the cover page among them.
 */
pages: number, 
/**
 * The most that the company faxes.
 */
limit: number, };

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
 * A fax that went another way than through this desk, to be recorded.
 */
export type FaxRecord = { 
/**
 * About whom.
 */
clientId: string, 
/**
 * The number that it went to.
 */
number: string, 
/**
 * Whom it went to.
 */
recipient: string, 
/**
 * The recipient is a furnisher.
 */
furnisher: boolean, 
/**
 * Stands for what was faxed; `null` for none.
 */
token: string | null, };

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
numbers: { [key in string]: string }, 
/**
 * A cover page goes before each letter.
 */
cover: boolean, 
/**
 * Also letters that were faxed before: their fax did not arrive.
 */
again?: boolean, };

/**
 * What the company set for faxes.
 */
export type FaxSetting = { 
/**
 * How often the portal tries a failed fax again; `null` when it did not say.
 */
reattempts: number | null, };

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
 * A file on its way to this computer.
 */
export type FetchProgress = { 
/**
 * The file's key on the portal.
 */
id: string, 
/**
 * Bytes that came.
 */
received: number, 
/**
 * Bytes in all, when the portal says.
 */
total: number | null, };

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
extension: string, 
/**
 * Bytes.
 */
size: number, 
/**
 * It is on this computer: it opens without a network.
 */
here: boolean, };

/**
 * A file to be opened.
 */
export type FileOpen = { 
/**
 * Which file.
 */
file: FileSource, 
/**
 * Fetches it although it is here: what came before does not look like it.
 */
again: boolean, };

/**
 * A copy to be saved.
 */
export type FileSave = { 
/**
 * Which file.
 */
file: FileSource, 
/**
 * What the portal says its name ends with; counts where the content says nothing.
 */
extension: string, };

/**
 * Which file.
 */
export type FileSource = { "kind": "stored", 
/**
 * Its key.
 */
id: string, } | { "kind": "waiting", 
/**
 * The row's key.
 */
id: string, } | { "kind": "chosen", 
/**
 * Its token.
 */
id: string, };

/**
 * Which follow-ups, the most overdue first.
 */
export type FollowUpFilter = { 
/**
 * Only this client's.
 */
clientId: string | null, 
/**
 * Also those that are answered.
 */
closed: boolean, };

/**
 * A disputed item of a letter that is out.
 */
export type FollowUpItem = { 
/**
 * Which.
 */
itemId: string, 
/**
 * Its account name in the letter.
 */
accountName: string, 
/**
 * Why it was disputed.
 */
reason: string, 
/**
 * What became of it.
 */
outcome: OutcomeCode | null, };

/**
 * What became of items.
 */
export type FollowUpOutcome = { 
/**
 * In which letter.
 */
letterId: string, 
/**
 * Which items.
 */
itemIds: Array<string>, 
/**
 * What; `null` takes it back.
 */
outcome: OutcomeCode | null, };

/**
 * A letter that is out. Dates are ISO and computed aids.
 */
export type FollowUpRow = { 
/**
 * Which letter.
 */
letterId: string, 
/**
 * Whose.
 */
clientId: string, 
/**
 * Their name.
 */
clientName: string, 
/**
 * Who answers.
 */
recipientName: string, 
/**
 * The bureau, when it is one.
 */
bureau: BureauCode | null, 
/**
 * How it went out.
 */
sentBy: SentByCode, 
/**
 * When it was mailed or faxed.
 */
sentOn: string, 
/**
 * When it was received, if anything says so.
 */
receivedOn: string | null, 
/**
 * The last day for the answer.
 */
dueOn: string, 
/**
 * `due_on` is reckoned from the day of sending, because nothing says when it was received.
 */
estimated: boolean, 
/**
 * The longer period of 45 days applies.
 */
extended: boolean, 
/**
 * Days from today to `due_on`; negative when it is past.
 */
daysLeft: number, 
/**
 * An answer is awaited.
 */
open: boolean, 
/**
 * What was disputed.
 */
items: Array<FollowUpItem>, };

/**
 * When a recipient got a letter, and which period applies.
 */
export type FollowUpSet = { 
/**
 * Which letter.
 */
letterId: string, 
/**
 * ISO date; `null` when nothing says so.
 */
receivedOn: string | null, 
/**
 * The longer period applies.
 */
extended: boolean, };

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
 * Something that was found.
 */
export type GateFinding = { 
/**
 * Which rule.
 */
rule: GateRule, 
/**
 * What the rule is called.
 */
title: string, 
/**
 * What it does.
 */
severity: GateSeverity, 
/**
 * What it is about; goes back with an override.
 */
subject: string, 
/**
 * What was found and what to do.
 */
message: string, 
/**
 * Where to do it.
 */
place: GatePlace, 
/**
 * Recorded for exactly this finding.
 */
overridden: GateOverride | null, };

/**
 * A number that a rule is measured by.
 */
export type GateLimit = { 
/**
 * Its name in `settings.toml`.
 */
name: string, 
/**
 * Its value.
 */
value: number, 
/**
 * `days at most`, ...
 */
unit: string, };

/**
 * How letters are about to go out.
 */
export type GateMedium = "paper" | "fax" | "fax_after_cover";

/**
 * Why a letter may go although a finding blocks it.
 */
export type GateOverride = { 
/**
 * As the agent wrote it.
 */
reason: string, 
/**
 * When, RFC 3339 UTC.
 */
at: string, 
/**
 * Who.
 */
by: string, };

/**
 * Where the agent mends it.
 */
export type GatePlace = { "kind": "agreement" } | { "kind": "documents" } | { "kind": "review" } | { "kind": "item", 
/**
 * Which.
 */
itemId: string, } | { "kind": "letter" } | { "kind": "other_letter", 
/**
 * Which.
 */
letterId: string, } | { "kind": "recipient" };

/**
 * Something that may be wrong with a letter that is about to go out.
 */
export type GateRule = "agreement_unsigned" | "agreement_cancellable" | "item_excluded" | "late_payment_excluded" | "dispute_open" | "number_exposed" | "address_outside_window" | "fax_too_long" | "review_missing" | "identity_missing" | "address_proof_missing" | "printed_before" | "repeated" | "alike" | "furnisher_exempt" | "stale" | "wording";

/**
 * A rule as the deployment weighs it.
 */
export type GateRuleRow = { 
/**
 * Which.
 */
rule: GateRule, 
/**
 * What it is called.
 */
title: string, 
/**
 * How it is weighed.
 */
severity: GateSeverity, 
/**
 * What it is measured by.
 */
limit: GateLimit | null, };

/**
 * What a finding does.
 */
export type GateSeverity = "off" | "warn" | "block";

/**
 * A goal that clients can have.
 */
export type GoalChoice = { 
/**
 * The portal's key.
 */
id: string, 
/**
 * What it is called; may be empty.
 */
name: string, };

/**
 * A goal of a client, or one that waits to become one.
 */
export type GoalRow = { 
/**
 * The portal's key.
 */
id: string, 
/**
 * What it is called; empty when nobody knows.
 */
name: string, 
/**
 * The row of the outbox that gives it to the client, or takes it away.
 */
pending: OutboxItem | null, };

/**
 * Gives goals to a client, or takes them away.
 */
export type GoalsChange = { 
/**
 * The client.
 */
clientId: string, 
/**
 * The goals; each becomes a row of the outbox of its own.
 */
goalIds: Array<string>, };

/**
 * A letter that the gate holds.
 */
export type HeldLetter = { 
/**
 * The letter.
 */
id: string, 
/**
 * Why.
 */
why: string, };

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
 * The end of an item's time on a report (FCRA 605), and what it follows from.
 */
export type ItemObsolescence = { 
/**
 * The day by which it has to be gone; `null` when it cannot be reckoned.
 */
leaves: string | null, 
/**
 * It may have to leave sooner: this is the last day that is possible.
 */
atLatest: boolean, 
/**
 * That day is past.
 */
obsolete: boolean, 
/**
 * What the day follows from, or what would have to be known.
 */
because: string, };

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
 * Why not, in words; `null` when it may be.
 */
excludedBecause: string | null, 
/**
 * Late payments of it that must not be disputed, in the agent's words.
 */
excludedPayments: Array<string>, 
/**
 * How often it was disputed from this desk: letters that were mailed or faxed.
 */
rounds: number, 
/**
 * What became of it last.
 */
lastOutcome: OutcomeCode | null, 
/**
 * An answer about it is awaited.
 */
awaited: boolean, 
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
 * When a payment was late, or worse, last.
 */
lastAdverse: string | null, 
/**
 * When it was charged off.
 */
chargedOff: string | null, 
/**
 * When it went to collection.
 */
collected: string | null, 
/**
 * When it has to leave the report.
 */
obsolescence: ItemObsolescence, 
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
 * Which client, and who asks.
 */
export type KbaAsk = { 
/**
 * The client.
 */
clientId: string, 
/**
 * Who asks.
 */
provider: KbaProviderCode, };

/**
 * One possible answer.
 */
export type KbaOption = { 
/**
 * Stands for it.
 */
id: string, 
/**
 * Its text.
 */
text: string, };

/**
 * What came of the answers.
 */
export type KbaOutcome = { 
/**
 * More is asked; the identity is proven when nothing is.
 */
next: KbaRound | null, };

/**
 * Who asks.
 */
export type KbaProviderCode = "array_transunion" | "array_equifax" | "array_experian" | "spin_wheel" | "id_iq";

/**
 * One question.
 */
export type KbaQuestionRow = { 
/**
 * Stands for it.
 */
id: string, 
/**
 * Its text.
 */
text: string, 
/**
 * One of these is right.
 */
options: Array<KbaOption>, };

/**
 * The answers.
 */
export type KbaReply = { 
/**
 * The client.
 */
clientId: string, 
/**
 * Who asked.
 */
provider: KbaProviderCode, 
/**
 * Each question with its answer.
 */
answers: Array<[string, string]>, 
/**
 * The code, where one was asked for.
 */
pin: string | null, 
/**
 * As it came with the questions.
 */
token: string | null, };

/**
 * What is asked.
 */
export type KbaRound = { 
/**
 * How the identity is proven.
 */
way: KbaWay, 
/**
 * To be sent back with the answers.
 */
token: string | null, 
/**
 * None where a code is asked for.
 */
questions: Array<KbaQuestionRow>, };

/**
 * How the identity is proven.
 */
export type KbaWay = "questions" | "message" | "code";

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
 * What to look at.
 */
export type LetterCheck = { 
/**
 * Letters; a letter that is gone is left out of the answer.
 */
ids: Array<string>, 
/**
 * How they are about to go out.
 */
medium: GateMedium, };

/**
 * What was found in one letter.
 */
export type LetterChecked = { 
/**
 * Which.
 */
letterId: string, 
/**
 * In the order of the rules.
 */
findings: Array<GateFinding>, 
/**
 * A finding blocks it and is not overridden.
 */
blocked: boolean, };

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
 * Lets a letter go although a finding blocks it.
 */
export type LetterOverride = { 
/**
 * Which letter.
 */
letterId: string, 
/**
 * Which rule.
 */
rule: GateRule, 
/**
 * The finding's `subject`.
 */
subject: string, 
/**
 * Why; `null` takes the override back.
 */
reason: string | null, };

/**
 * That a client reviewed letters.
 */
export type LetterReview = { 
/**
 * Which letters.
 */
ids: Array<string>, 
/**
 * How; `null` takes the record back.
 */
channel: ReviewChannelCode | null, 
/**
 * The day of the review, ISO; today when `null`.
 */
on: string | null, };

/**
 * A letter's new text.
 */
export type LetterReword = { 
/**
 * The letter.
 */
id: string, 
/**
 * What it is to say; `null` takes the text as it was made.
 */
text: string | null, };

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
 * The recipient's fax line, as the portal had it when the letter was written.
 */
faxNumber: string | null, 
/**
 * ISO date on the letter.
 */
dated: string, 
/**
 * Pages, enclosures included.
 */
pages: number, 
/**
 * How many documents it encloses.
 */
enclosures: number, 
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
findings: Array<string>, 
/**
 * The client's review.
 */
review: ReviewRow | null, 
/**
 * When its text was changed by hand, RFC 3339 UTC.
 */
rewordedAt: string | null, 
/**
 * ISO date on which it was mailed or faxed.
 */
sentOn: string | null, };

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
 * Where something was saved.
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
 * What a letter says between its subject and its end: HTML of the letter engine, safe to show. `<letter-items>` stands for
 * the table of disputed items, `<letter-signature>` for the signature block.
 */
export type LetterText = { 
/**
 * As the letter says it now.
 */
text: string, 
/**
 * As it was made, when it was changed since.
 */
made: string | null, 
/**
 * When it was changed, RFC 3339 UTC.
 */
changedAt: string | null, 
/**
 * By whom.
 */
changedBy: string | null, };

/**
 * How far letters are prepared or saved.
 */
export type LettersProgress = { 
/**
 * Letters that are done.
 */
done: number, 
/**
 * Letters there will be.
 */
total: number, };

/**
 * Which letters were saved, and which not.
 */
export type LettersSaved = { 
/**
 * Files written; empty when the agent closed the dialog.
 */
files: Array<string>, 
/**
 * Letters that the gate held, and that are in no file.
 */
held: Array<HeldLetter>, };

/**
 * What all letters share.
 */
export type LettersView = { 
/**
 * What they are mailed in.
 */
envelope: EnvelopeView, 
/**
 * They show where they are folded.
 */
foldMarks: boolean, 
/**
 * The company, as they name it; `null` when nothing is set.
 */
company: CompanyView | null, };

/**
 * How hard the portal is asked.
 */
export type LimitsView = { 
/**
 * Calls at once.
 */
concurrent: number, 
/**
 * Calls a minute; `null` for any number.
 */
perMinute: number | null, 
/**
 * Seconds before something of which no answer came is looked for on the portal.
 */
quietSeconds: number, };

/**
 * How a manifest is written.
 */
export type ManifestFormat = "pdf" | "csv";

/**
 * A template to be said to a client.
 */
export type MessageAsk = { 
/**
 * To whom.
 */
clientId: string, 
/**
 * What.
 */
templateId: string, };

/**
 * What a template says to a client.
 */
export type MessageDraft = { 
/**
 * The text; what could not be filled in stands in brackets.
 */
text: string, 
/**
 * What could not be filled in, by its name.
 */
unfilled: Array<string>, };

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
 * A file that is on this computer now.
 */
export type OpenedFile = { 
/**
 * What it is by its content; `null` for what no kind is known of.
 */
format: FileFormat | null, 
/**
 * Bytes.
 */
size: number, 
/**
 * Why a picture or a PDF is not shown, as part of a sentence.
 */
refused: string | null, };

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
 * What it says; it can be corrected while the row is editable.
 */
fields: Array<OutboxField>, 
/**
 * SHA-256 of all that it sends, the file by its own; `null` for a row of a newer version.
 */
payloadHash: string | null, 
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
 * The agent paused it: no further call of it begins before it is resumed.
 */
paused: boolean, 
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
export type OutboxKind = "fax" | "email" | "sms" | "postal_letter" | "record_fax" | "add_document" | "file_letter" | "replace_document" | "delete_document" | "link_attachment" | "unlink_attachment" | "create_note" | "update_note" | "delete_note" | "update_client" | "assign_goals" | "remove_goals" | "create_agreement";

/**
 * Why nothing is sent.
 */
export type OutboxPause = "agent" | "sign_in" | "away" | "cache_failed";

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
 * Rows that the agent paused.
 */
pausedRows: number, 
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
 * What became of a disputed item.
 */
export type OutcomeCode = "deleted" | "updated" | "verified" | "frivolous" | "no_response" | "reinserted";

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
unsignedOverride: string | null, 
/**
 * The client's documents to enclose with every letter, in order: PDF, JPEG or PNG.
 */
enclosures: Array<string>, };

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
 * What came out of the printer.
 */
export type PrintRunConfirm = { 
/**
 * Which run.
 */
id: string, 
/**
 * Letters that jammed; the others came out well.
 */
jammed: Array<string>, 
/**
 * The day on which the good ones are mailed, ISO; today when `null`.
 */
mailedOn: string | null, 
/**
 * Also files each good letter's PDF with its client on the portal, and notes that it was mailed.
 */
file: boolean, };

/**
 * What a confirmation brought about.
 */
export type PrintRunConfirmed = { 
/**
 * The run as it is now.
 */
detail: PrintRunDetail, 
/**
 * Answers that are awaited from now on.
 */
followUps: Array<FollowUpRow>, 
/**
 * Rows of the outbox that file them.
 */
queued: number, };

/**
 * A run in full.
 */
export type PrintRunDetail = { 
/**
 * As in the list.
 */
run: PrintRunRow, 
/**
 * In the order of the job.
 */
letters: Array<PrintRunLetter>, };

/**
 * A letter of a run: a line of its manifest.
 */
export type PrintRunLetter = { 
/**
 * Place in the job, from 1.
 */
position: number, 
/**
 * Which letter.
 */
letterId: string, 
/**
 * Whose.
 */
clientId: string, 
/**
 * Their name.
 */
clientName: string, 
/**
 * First line of the address.
 */
recipientName: string, 
/**
 * The bureau, when it goes to one.
 */
bureau: BureauCode | null, 
/**
 * City, state and ZIP.
 */
destination: string, 
/**
 * Pages.
 */
pages: number, 
/**
 * Sheets.
 */
sheets: number, 
/**
 * With its envelope, in ounces: `0.40`.
 */
ounces: string, 
/**
 * `Letter, 1 oz`, ...
 */
postage: string, 
/**
 * It came out well; `null` when nobody has said.
 */
cameOut: boolean | null, };

/**
 * Which manifest.
 */
export type PrintRunManifest = { 
/**
 * Of which run.
 */
id: string, 
/**
 * How.
 */
format: ManifestFormat, };

/**
 * How far the job of a run is put together.
 */
export type PrintRunProgress = { 
/**
 * Which run.
 */
id: string, 
/**
 * Letters in the job.
 */
done: number, 
/**
 * Letters there will be.
 */
total: number, };

/**
 * A run in a list.
 */
export type PrintRunRow = { 
/**
 * Made on this desk.
 */
id: string, 
/**
 * Counted on this desk.
 */
number: number, 
/**
 * The number of the run whose jammed letters this one printed again.
 */
reprintOf: number | null, 
/**
 * How far it has come.
 */
stage: PrintRunStage, 
/**
 * The queue.
 */
printer: string, 
/**
 * The tray.
 */
tray: string | null, 
/**
 * Both sides.
 */
duplex: boolean, 
/**
 * Of each letter.
 */
copies: number, 
/**
 * When it was started, RFC 3339 UTC.
 */
startedAt: string, 
/**
 * By whom.
 */
startedBy: string, 
/**
 * Letters.
 */
letters: number, 
/**
 * Pages of one copy.
 */
pages: number, 
/**
 * Sheets of one copy.
 */
sheets: number, 
/**
 * Letters that are said to have jammed.
 */
jammed: number, 
/**
 * The print system's name of the job.
 */
job: string | null, 
/**
 * Why it failed.
 */
failure: string | null, };

/**
 * How far a run has come.
 */
export type PrintRunStage = "printing" | "printed" | "failed" | "cancelled" | "confirmed";

/**
 * Letters to print as one job, in this order.
 */
export type PrintRunStart = { 
/**
 * Which letters.
 */
ids: Array<string>, 
/**
 * The printer's `name`.
 */
printer: string, 
/**
 * A tray's `name`; the printer's own choice when `null`.
 */
tray: string | null, 
/**
 * Both sides; every letter begins on a new sheet.
 */
duplex: boolean, 
/**
 * Of each letter, 1 to 20.
 */
copies: number, };

/**
 * A printer.
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
 * The one that is meant when none is named.
 */
isDefault: boolean, 
/**
 * It accepts jobs now.
 */
ready: boolean, 
/**
 * It prints on both sides.
 */
duplex: boolean, 
/**
 * Its paper sources; none when there is nothing to choose.
 */
trays: Array<TrayRow>, };

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
 * Something a client bought. The portal tells no end and no state of it.
 */
export type ProductRow = { 
/**
 * The portal's key.
 */
id: string, 
/**
 * What it is called; may be empty.
 */
name: string, 
/**
 * The company's code of it; may be empty.
 */
code: string, 
/**
 * What sort of service it is, in the portal's words; may be empty.
 */
kind: string, 
/**
 * What is charged once.
 */
initialFee: string | null, 
/**
 * What is charged each month.
 */
chargedMonthly: string | null, 
/**
 * Since when, RFC 3339 UTC.
 */
since: string | null, };

/**
 * The last proof with one provider, made from this desk.
 */
export type ProofRow = { 
/**
 * Who asked; `null` for one that this build does not know.
 */
provider: KbaProviderCode | null, 
/**
 * What came of it.
 */
state: ProofState, 
/**
 * When, RFC 3339 UTC.
 */
at: string, 
/**
 * Which agent asked.
 */
author: string, };

/**
 * What came of proving a client's identity.
 */
export type ProofState = "proven" | "skipped" | "refused";

/**
 * Asks what became of reading records.
 */
export type ReadingOf = { 
/**
 * Which.
 */
kind: RecordKind, 
/**
 * Whose, where they are read client by client.
 */
clientId: string | null, };

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
 * bureau), a furnisher those that carry its name, anyone else all.
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
address: PostalLines | null, } | { "kind": "addressee", 
/**
 * This desk's key.
 */
addresseeId: string, };

/**
 * What became of asking the portal for a client's records of one kind.
 */
export type RecordAccess = "unread" | "read" | "forbidden" | "missing";

/**
 * What is read.
 */
export type RecordKind = "clients" | "items" | "notes" | "documents" | "correspondence" | "agreements" | "products" | "templates" | "reasons" | "furnishers" | "bureau_addresses";

/**
 * The newest reports of each bureau, side by side.
 */
export type ReportBeside = { 
/**
 * Equifax, Experian, TransUnion.
 */
columns: Array<ReportBesideColumn>, 
/**
 * Parts of the reports.
 */
sections: Array<ReportBesideSection>, };

/**
 * One bureau's column.
 */
export type ReportBesideColumn = { 
/**
 * Which.
 */
bureau: BureauCode, 
/**
 * What it is read from; `null` when no report of the bureau is here.
 */
report: ReportRow | null, };

/**
 * One thing as each bureau tells it.
 */
export type ReportBesideEntry = { 
/**
 * Its name; may be empty.
 */
title: string, 
/**
 * The account's number as the first bureau reports it; may be empty.
 */
number: string, 
/**
 * Which columns have it.
 */
present: Array<boolean>, 
/**
 * What is said of it.
 */
rows: Array<ReportBesideRow>, };

/**
 * A label and what each column says.
 */
export type ReportBesideRow = { 
/**
 * What the value is.
 */
label: string, 
/**
 * How many headings stand above it.
 */
depth: number, 
/**
 * The rows below are about it; it says nothing of its own.
 */
heading: boolean, 
/**
 * By column; `null` when nobody tells.
 */
values: Array<string | null>, 
/**
 * Two columns tell different things.
 */
differs: boolean, };

/**
 * One part of the reports.
 */
export type ReportBesideSection = { 
/**
 * Which.
 */
part: ReportPart, 
/**
 * Its title.
 */
title: string, 
/**
 * Accounts, inquiries, ...
 */
entries: Array<ReportBesideEntry>, };

/**
 * What became of an entry.
 */
export type ReportChange = "added" | "removed" | "changed";

/**
 * An entry that is not in both reports as it is.
 */
export type ReportChangedEntry = { 
/**
 * Its name; may be empty.
 */
title: string, 
/**
 * The account's number as reported; may be empty.
 */
number: string, 
/**
 * Who tells it; `null` when the report does not say.
 */
bureau: BureauCode | null, 
/**
 * What became of it.
 */
change: ReportChange, 
/**
 * The fields that differ; all of an entry that was added or removed.
 */
rows: Array<ReportChangedRow>, };

/**
 * A field that differs.
 */
export type ReportChangedRow = { 
/**
 * The label, with those of the headings above it.
 */
label: string, 
/**
 * What the earlier report says; `null` when nothing.
 */
before: string | null, 
/**
 * What the later report says; `null` when nothing.
 */
after: string | null, };

/**
 * One part with a difference.
 */
export type ReportChangedSection = { 
/**
 * Which.
 */
part: ReportPart, 
/**
 * Its title.
 */
title: string, 
/**
 * What is different.
 */
entries: Array<ReportChangedEntry>, };

/**
 * What two reports do not have in common.
 */
export type ReportDifference = { 
/**
 * The earlier.
 */
before: ReportRow, 
/**
 * The later.
 */
after: ReportRow, 
/**
 * Bureaus that both are of.
 */
bureaus: Array<BureauCode>, 
/**
 * Parts with a difference.
 */
sections: Array<ReportChangedSection>, 
/**
 * Entries that are in both and say the same.
 */
unchanged: number, };

/**
 * One report, read.
 */
export type ReportDocument = { 
/**
 * Which.
 */
report: ReportRow, 
/**
 * Its parts, those first that can be disputed.
 */
sections: Array<ReportSection>, };

/**
 * One account, inquiry, score ... as one bureau tells it.
 */
export type ReportEntry = { 
/**
 * Its name; may be empty.
 */
title: string, 
/**
 * The account's number as reported; may be empty.
 */
number: string, 
/**
 * Who tells it; `null` when the report does not say.
 */
bureau: BureauCode | null, 
/**
 * What is said of it.
 */
lines: Array<ReportLine>, };

/**
 * A label and what is said.
 */
export type ReportLine = { 
/**
 * What the value is.
 */
label: string, 
/**
 * The value; `null` for a heading and for what nobody tells.
 */
value: string | null, 
/**
 * How many headings stand above it.
 */
depth: number, 
/**
 * The lines below are about it; it says nothing of its own.
 */
heading: boolean, };

/**
 * Two reports of a client to be compared.
 */
export type ReportPair = { 
/**
 * The earlier.
 */
before: string, 
/**
 * The later.
 */
after: string, };

/**
 * The part of a report that a section is.
 */
export type ReportPart = "accounts" | "inquiries" | "public_records" | "scores" | "summary" | "consumer" | "other" | "report";

/**
 * One stored report.
 */
export type ReportRow = { 
/**
 * Server key.
 */
id: string, 
/**
 * The bureau's name, "Three bureaus", or what the portal calls it.
 */
name: string, 
/**
 * Bureaus that tell something in it, as far as is known here.
 */
bureaus: Array<BureauCode>, 
/**
 * Who delivered it; may be empty.
 */
vendor: string, 
/**
 * The day of the report.
 */
reportedOn: string | null, 
/**
 * When the portal last changed it, RFC 3339 UTC.
 */
modifiedAt: string | null, 
/**
 * Its content is on this computer.
 */
kept: boolean, };

/**
 * One part of a report.
 */
export type ReportSection = { 
/**
 * Which.
 */
part: ReportPart, 
/**
 * Its title.
 */
title: string, 
/**
 * Accounts, inquiries, ...
 */
entries: Array<ReportEntry>, };

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
 * How a client reviewed letters.
 */
export type ReviewChannelCode = "phone" | "email" | "in_person" | "portal";

/**
 * A recorded review.
 */
export type ReviewRow = { 
/**
 * How.
 */
channel: ReviewChannelCode, 
/**
 * ISO date.
 */
on: string, 
/**
 * Who recorded it.
 */
by: string, };

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
 * A filter that is kept by a name.
 */
export type SavedClientFilter = { 
/**
 * Made on this desk.
 */
id: string, 
/**
 * What the agent calls it.
 */
name: string, 
/**
 * What it asks for.
 */
filter: ClientFilter, 
/**
 * How it sorts.
 */
sort: ClientSort, };

/**
 * A segment whose members were asked for.
 */
export type SegmentRead = { 
/**
 * The segment, with what is known of its members now.
 */
segment: SegmentRow, 
/**
 * Why they could not be read now; those of the last time stay.
 */
problem: Problem | null, };

/**
 * A segment of the portal.
 */
export type SegmentRow = { 
/**
 * Server key.
 */
id: string, 
/**
 * What it is called.
 */
name: string, 
/**
 * What it is for, or empty.
 */
description: string, 
/**
 * Clients in it: those that were read, else as many as the portal counted, if it says.
 */
clients: number | null, 
/**
 * When its members were last read, RFC 3339 UTC; `null` before the first time.
 */
readAt: string | null, };

/**
 * How a letter went out.
 */
export type SentByCode = "mail" | "fax";

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
 * Where a deployment sets what is set.
 */
export type SettingsFile = { 
/**
 * Its place on this computer.
 */
path: string, 
/**
 * It was there at the start; without it everything is as usual.
 */
found: boolean, };

/**
 * What is in force on this desk.
 */
export type SettingsView = { 
/**
 * Base address of the portal's API; `null` for the practice portal of this application.
 */
portal: string | null, 
/**
 * Whose data.
 */
realm: Realm, 
/**
 * Name of the signed-in agent.
 */
agent: string, 
/**
 * E-mail of the account.
 */
email: string, 
/**
 * What guards the key of the cache.
 */
guard: KeyGuard, 
/**
 * What is kept on this computer.
 */
cache: CacheView, 
/**
 * What runs here.
 */
versions: VersionsView, 
/**
 * What all letters share.
 */
letters: LettersView, 
/**
 * How hard the portal is asked.
 */
limits: LimitsView, 
/**
 * Where a deployment sets what is set.
 */
file: SettingsFile, };

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
 * A chosen picture that was straightened.
 */
export type StraightenedFile = { 
/**
 * It, as another chosen file; the one before can still be filed instead.
 */
file: ChosenFile, 
/**
 * It was turned upright, as its camera was held.
 */
turned: boolean, 
/**
 * How far it was tilted, in degrees; 0 when it was straight or shows no lines.
 */
tilt: number, };

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
 * When the last pull that read everything, and not only what changed, began, RFC 3339 UTC.
 */
everythingAt: string | null, 
/**
 * Why the last pull stopped early.
 */
problem: Problem | null, 
/**
 * Records kept aside because this build cannot read them.
 */
parked: number, };

/**
 * The negative item that a task is about.
 */
export type TaskItem = { 
/**
 * Which.
 */
id: string, 
/**
 * Its account name; `null` when it is not in the cache.
 */
accountName: string | null, };

/**
 * One page of everyone's tasks.
 */
export type TaskPage = { 
/**
 * Rows from `offset` on.
 */
rows: Array<TaskRow>, 
/**
 * How many are open.
 */
open: number, 
/**
 * How many of them are overdue.
 */
overdue: number, 
/**
 * How many are done or cancelled.
 */
over: number, };

/**
 * Which of everyone's tasks.
 */
export type TaskPart = "open" | "overdue" | "over";

/**
 * A task.
 */
export type TaskRow = { 
/**
 * The portal's key.
 */
id: string, 
/**
 * About whom.
 */
clientId: string, 
/**
 * Their name.
 */
clientName: string, 
/**
 * What is to be done.
 */
name: string, 
/**
 * More about it; may be empty.
 */
description: string, 
/**
 * How it stands.
 */
stage: TaskStage, 
/**
 * The same in the portal's words; may be empty.
 */
status: string, 
/**
 * The day it is due, ISO.
 */
dueOn: string | null, 
/**
 * Days from today to `due_on`; negative when it is past.
 */
daysLeft: number | null, 
/**
 * The item it is about.
 */
item: TaskItem | null, 
/**
 * Who made it; may be empty.
 */
author: string, 
/**
 * When, RFC 3339 UTC.
 */
createdAt: string | null, };

/**
 * A page of everyone's tasks.
 */
export type TaskSearch = { 
/**
 * Which.
 */
part: TaskPart, 
/**
 * Only those that the agent made: the portal names who made a task, and nobody who is to do it.
 */
mine: boolean, 
/**
 * First row to answer.
 */
offset: number, 
/**
 * How many rows, at most 500.
 */
limit: number, };

/**
 * How a task stands.
 */
export type TaskStage = "open" | "done" | "cancelled";

/**
 * Open tasks of everyone that are overdue or due within a week.
 */
export type TasksDue = { 
/**
 * The most overdue first, as many as were asked for.
 */
rows: Array<TaskRow>, 
/**
 * How many there are in all.
 */
total: number, 
/**
 * How many of them are overdue.
 */
overdue: number, };

/**
 * How many of the tasks due to answer.
 */
export type TasksDueFilter = { 
/**
 * Rows at most, up to 200.
 */
limit: number, };

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
 * The day's work.
 */
export type Today = { 
/**
 * ISO date where the agent works.
 */
date: string, 
/**
 * Answers due within a week or overdue, the most overdue first; 200 at most.
 */
due: Array<FollowUpRow>, 
/**
 * How many of these there are.
 */
dueTotal: number, 
/**
 * How many of these are overdue.
 */
overdue: number, 
/**
 * Answers awaited, those above included.
 */
awaited: number, 
/**
 * Letters that wait for the client's review, the oldest first; 200 at most.
 */
toReview: Array<LetterRow>, 
/**
 * How many of these there are.
 */
toReviewTotal: number, 
/**
 * Letters that wait to be printed or faxed, the oldest first; 200 at most.
 */
toPrint: Array<LetterRow>, 
/**
 * How many of these there are.
 */
toPrintTotal: number, 
/**
 * Runs of which nobody has said whether they came out well.
 */
toConfirm: Array<PrintRunRow>, 
/**
 * The outbox.
 */
outbox: OutboxStatus, 
/**
 * When the last whole pull ended, RFC 3339 UTC.
 */
syncedAt: string | null, };

/**
 * What local data changed.
 */
export type Topic = "clients" | "items" | "library" | "letters" | "outbox" | "notes" | "documents" | "correspondence" | "follow_ups" | "print_runs" | "reports" | "tasks";

/**
 * A paper source.
 */
export type TrayRow = { 
/**
 * As the print system names it.
 */
name: string, 
/**
 * What people call it.
 */
label: string, };

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
 * What runs here.
 */
export type VersionsView = { 
/**
 * The application.
 */
desk: string, 
/**
 * The SQLite that is linked in.
 */
sqlite: string, 
/**
 * The mark of the letter engine, kept with each letter.
 */
letters: string, };

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
unsignedOverride: string | null, 
/**
 * Each enclosed document with the SHA-256 of its file.
 */
enclosures: Array<[string, string]>, 
/**
 * The client's review.
 */
review: ReviewRow | null, 
/**
 * What was overridden, and why: the rule's title with the override.
 */
overrides: Array<WhyOverride>, 
/**
 * When and by whom its text was changed by hand.
 */
reworded: WhyReworded | null, 
/**
 * Who let it go, oldest first.
 */
releases: Array<WhyRelease>, 
/**
 * The faces that its text is set in.
 */
fonts: Array<string>, };

/**
 * A recorded override.
 */
export type WhyOverride = { 
/**
 * The rule's title.
 */
title: string, 
/**
 * Why the letter may go.
 */
reason: string, 
/**
 * When, RFC 3339 UTC.
 */
at: string, 
/**
 * By whom.
 */
by: string, };

/**
 * Somebody let the letter go.
 */
export type WhyRelease = { 
/**
 * As a fax; else with a print run.
 */
fax: boolean, 
/**
 * When, RFC 3339 UTC.
 */
at: string, 
/**
 * By whom.
 */
by: string, };

/**
 * Somebody changed the letter's text by hand.
 */
export type WhyReworded = { 
/**
 * When, RFC 3339 UTC.
 */
at: string, 
/**
 * By whom.
 */
by: string, };

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
  /** Starts a pull of what changed, unless a pull runs; of everything when that is due. */
  sync_start: { take: Empty; give: SyncStatus };
  /** Starts a pull of everything, unless a pull runs. */
  sync_everything: { take: Empty; give: SyncStatus };
  /** Stops the pull; what it brought is kept. */
  sync_cancel: { take: Empty; give: SyncStatus };
  /** How the pull stands. */
  sync_status: { take: Empty; give: SyncStatus };
  /** Finds clients by name, e-mail, phone, id or last four of the SSN; all of them for an empty text. */
  client_search: { take: ClientSearch; give: ClientPage };
  /** States, products and segments that the list of clients can be narrowed by. */
  client_filter_choices: { take: Empty; give: ClientFilterChoices };
  /** Filters that are kept by a name. */
  client_filter_list: { take: Empty; give: Array<SavedClientFilter> };
  /** Keeps a filter by a name. */
  client_filter_save: { take: ClientFilterSave; give: SavedClientFilter };
  /** Forgets one; `client_filter_save` with its id brings it back. */
  client_filter_remove: { take: Id; give: Empty };
  /** Reads who is in a segment of the portal, unless that was done just now. */
  segment_read: { take: Id; give: SegmentRead };
  /** What became of reading records: why there are none. */
  reading_get: { take: ReadingOf; give: RecordAccess };
  /** One client. */
  client_get: { take: Id; give: ClientCard };
  /** Reads all of one client's records again, unless that was done just now. */
  client_refresh: { take: Id; give: ClientFreshness };
  /** A client's dynamic attributes, grouped. */
  client_overview: { take: Id; give: ClientOverview };
  /** Queues changes of a client's data, where the portal lets them be changed. */
  client_update: { take: ClientUpdate; give: OutboxItem };
  /** What matters of a client: proofs of identity, products, goals, and what asks for the agent. */
  client_standing: { take: Id; give: ClientStanding };
  /** What the client sees in the company's customer portal, read now. */
  client_customer_view: { take: Id; give: CustomerView };
  /** What a bureau asks to prove the client's identity. */
  kba_questions: { take: KbaAsk; give: KbaRound };
  /** Sends the answers. */
  kba_answer: { take: KbaReply; give: KbaOutcome };
  /** Has the client counted as proven without questions. */
  kba_skip: { take: KbaAsk; give: Empty };
  /** A client's negative items, by bureau and account name. */
  item_list: { take: Id; give: Array<ItemRow> };
  /** The default dispute addresses. */
  bureau_address_list: { take: Empty; give: Array<BureauAddressRow> };
  /** Finds furnishers by name. */
  furnisher_search: { take: FurnisherSearch; give: Array<FurnisherRow> };
  /** Recipients beside bureaus and furnishers, by name. */
  addressee_list: { take: Empty; give: Array<AddresseeRow> };
  /** Keeps such a recipient under its name. */
  addressee_save: { take: AddresseeSave; give: AddresseeRow };
  /** Takes one off the list; `addressee_save` brings it back. */
  addressee_forget: { take: Id; give: Empty };
  /** Templates that letters can be written from. */
  template_list: { take: Empty; give: Array<TemplateRow> };
  /** Dispute reasons in the company's order. */
  reason_list: { take: Empty; give: Array<ReasonRow> };
  /** Writes the letters: one for each recipient, with only its items. */
  letter_prepare: { take: PrepareLetters; give: PreparedLetters };
  /** Stops the letters that are being prepared or saved: none of them is kept. */
  letter_stop: { take: Empty; give: Empty };
  /** Prepared, printed or discarded letters, newest first. */
  letter_list: { take: LetterFilter; give: Array<LetterRow> };
  /** Why a letter says what it says. */
  letter_why: { take: Id; give: Why };
  /** What a letter says, to be changed. */
  letter_text: { take: Id; give: LetterText };
  /** Sets a letter again with its text changed, or as it was made. */
  letter_reword: { take: LetterReword; give: LetterRow };
  /** Sets letters aside; `letter_restore` undoes it. */
  letter_discard: { take: Ids; give: Array<LetterRow> };
  /** Brings discarded letters back. */
  letter_restore: { take: Ids; give: Array<LetterRow> };
  /** Looks at letters before they go out. */
  letter_check: { take: LetterCheck; give: Array<LetterChecked> };
  /** Lets a letter go although a finding blocks it, on record; or takes that back. */
  letter_override: { take: LetterOverride; give: LetterChecked };
  /** Records that the client reviewed letters; or takes that back. */
  letter_review: { take: LetterReview; give: Array<LetterRow> };
  /** Asks where, and saves letters as PDF. */
  letter_save: { take: LetterSave; give: LettersSaved };
  /** The gate's rules as the deployment weighs them. */
  gate_table: { take: Empty; give: Array<GateRuleRow> };
  /** What of a client must not be disputed, beside the portal's own marks. */
  exclusion_list: { take: Id; give: Array<ExclusionRow> };
  /** Records an exclusion. */
  exclusion_add: { take: ExclusionAdd; give: ExclusionRow };
  /** Takes an exclusion back. */
  exclusion_remove: { take: Id; give: Empty };
  /** Answers that are awaited. */
  follow_up_list: { take: FollowUpFilter; give: Array<FollowUpRow> };
  /** Sets when a recipient got a letter, and which period applies. */
  follow_up_set: { take: FollowUpSet; give: FollowUpRow };
  /** Records what became of items; or takes that back. */
  follow_up_outcome: { take: FollowUpOutcome; give: FollowUpRow };
  /** The day's work. */
  today_get: { take: Empty; give: Today };
  /** What is to be sent. */
  outbox_list: { take: OutboxQuery; give: Array<OutboxItem> };
  /** One row in full. */
  outbox_get: { take: Id; give: OutboxDetail };
  /** How many rows wait, and why nothing is sent. */
  outbox_status: { take: Empty; give: OutboxStatus };
  /** Tries a row again, now. */
  outbox_retry: { take: Id; give: OutboxItem };
  /** Keeps a row from going before it is resumed. */
  outbox_pause: { take: Id; give: OutboxItem };
  /** Lets a paused row go. */
  outbox_resume: { take: Id; give: OutboxItem };
  /** Sends nothing before the agent says so. */
  sending_pause: { take: Empty; give: OutboxStatus };
  /** Sends again. */
  sending_resume: { take: Empty; give: OutboxStatus };
  /** Gives a row up. */
  outbox_cancel: { take: Id; give: OutboxItem };
  /** Settles an unknown outcome. */
  outbox_settle: { take: OutboxSettle; give: OutboxItem };
  /** Corrects a row and queues it again. */
  outbox_edit: { take: OutboxEdit; give: OutboxItem };
  /** Caches that were set aside, and what of them was not sent. */
  aside_list: { take: Empty; give: Array<AsideRow> };
  /** Brings what was not sent of one into the outbox, where it waits for the agent. */
  aside_rescue: { take: Id; give: AsideRescued };
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
  /** A client's goals, and those there are to choose from. */
  goal_list: { take: Id; give: ClientGoals };
  /** Queues goals for a client. */
  goal_assign: { take: GoalsChange; give: Array<OutboxItem> };
  /** Queues the removal of goals from a client. */
  goal_remove: { take: GoalsChange; give: Array<OutboxItem> };
  /** A client's documents. */
  document_list: { take: Id; give: Array<DocumentCard> };
  /** Asks for files in the system's dialog. */
  document_choose: { take: Empty; give: Array<ChosenFile> };
  /** Turns a chosen picture upright, takes its tilt out and makes it smaller; the original stays chosen. */
  document_straighten: { take: Id; give: StraightenedFile };
  /** Queues a chosen file as a new document. */
  document_add: { take: DocumentAdd; give: OutboxItem };
  /** Queues a chosen file in place of a document's. */
  document_replace: { take: DocumentReplace; give: OutboxItem };
  /** Queues the removal of a document. */
  document_remove: { take: DocumentRef; give: OutboxItem };
  /** Files that are tied to a client's own record, read now. */
  client_file_list: { take: Id; give: Array<ClientFile> };
  /** Queues a stored file to be tied to a client's own record. */
  client_file_link: { take: ClientFileRef; give: OutboxItem };
  /** Queues the removal of the tie. */
  client_file_unlink: { take: ClientFileRef; give: OutboxItem };
  /** Brings a file to this computer, unless it is here, and says what it is. */
  file_open: { take: FileOpen; give: OpenedFile };
  /** Stops bringing a file of the portal. */
  file_cancel: { take: Id; give: Empty };
  /** Asks where, and saves a copy of a file. */
  file_save: { take: FileSave; give: LetterSaved };
  /** A client's credit reports, newest first. */
  credit_report_list: { take: Id; give: ClientReports };
  /** One report as a document. */
  credit_report_get: { take: Id; give: ReportDocument };
  /** The newest report of each bureau of a client, side by side. */
  credit_report_beside: { take: Id; give: ReportBeside };
  /** What changed from one report to another. */
  credit_report_difference: { take: ReportPair; give: ReportDifference };
  /** A client's tasks. */
  task_list: { take: Id; give: ClientTasks };
  /** Open tasks of everyone that are overdue or due within a week. */
  tasks_due: { take: TasksDueFilter; give: TasksDue };
  /** A page of everyone's tasks. */
  task_search: { take: TaskSearch; give: TaskPage };
  /** A client's agreements, newest first. */
  agreement_list: { take: Id; give: ClientAgreements };
  /** Kinds of agreements that the portal has, the commonest first. */
  agreement_kinds: { take: Empty; give: Array<string> };
  /** Queues the record of an agreement that a client signed elsewhere. */
  agreement_add: { take: AgreementAdd; give: OutboxItem };
  /** What a client bought. */
  product_list: { take: Id; give: ClientProducts };
  /** A client's correspondence. */
  correspondence_list: { take: Id; give: Array<CorrespondenceRow> };
  /** Queues an e-mail, a text message or a letter by the portal. */
  message_send: { take: MessageSend; give: OutboxItem };
  /** Templates that e-mails, text messages and letters by the portal can be written from. */
  message_template_list: { take: Empty; give: Array<TemplateRow> };
  /** What one of them says to a client. */
  message_draft: { take: MessageAsk; give: MessageDraft };
  /** Queues the record of a fax that went another way. */
  fax_record: { take: FaxRecord; give: OutboxItem };
  /** What the company set for faxes. */
  fax_setting: { take: Empty; give: FaxSetting };
  /** How many pages a fax will have. */
  fax_look: { take: FaxLook; give: FaxPages };
  /** Queues letters as faxes. */
  fax_send: { take: FaxSend; give: FaxesQueued };
  /** The printers of this computer. */
  printer_list: { take: Empty; give: Array<PrinterRow> };
  /** Prints letters as one job; waits until the print system has it. */
  print_run_start: { take: PrintRunStart; give: PrintRunRow };
  /** Stops a run before the print system has it. */
  print_run_cancel: { take: Empty; give: Empty };
  /** Print runs, newest first. */
  print_run_list: { take: Empty; give: Array<PrintRunRow> };
  /** One run with its letters. */
  print_run_get: { take: Id; give: PrintRunDetail };
  /** Says what came out well; those letters are mailed, and their answers awaited. */
  print_run_confirm: { take: PrintRunConfirm; give: PrintRunConfirmed };
  /** Prints the jammed letters of a run again, as a new run. */
  print_run_reprint: { take: Id; give: PrintRunRow };
  /** Asks where, and saves a run's manifest. */
  print_run_manifest: { take: PrintRunManifest; give: LetterSaved };
  /** What is in force on this desk. */
  settings_get: { take: Empty; give: SettingsView };
  /** Asks where, and saves facts about this desk for support, with nothing of any client. */
  diagnostics_save: { take: Empty; give: LetterSaved };
}
