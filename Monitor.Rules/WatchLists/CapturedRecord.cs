using Monitor.Rules.Hashing;

namespace Monitor.Rules.WatchLists;

/// <summary>Where the bytes of an answer are kept: later answers with the same content refer to it instead of being kept again.</summary>
/// <param name="Item">Vault item with the record.</param>
/// <param name="RecordId">WARC-Record-ID of the response record, without angle brackets.</param>
/// <param name="Url">WARC-Target-URI of it.</param>
/// <param name="At">WARC-Date of it.</param>
/// <param name="Payload">SHA-256 of the body as it was sent, framing taken off, codings left on.</param>
/// <param name="Content">SHA-256 of the body with codings taken off too.</param>
public sealed record CapturedRecord(string Item, string RecordId, string Url, DateTimeOffset At, Digest Payload, Digest Content);
