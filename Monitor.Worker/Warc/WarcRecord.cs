namespace Monitor.Worker.Warc;

/// <summary>One record of a WARC file (ISO 28500:2017, WARC 1.1) as it was read.</summary>
/// <param name="Fields">Named fields in the order of the file.</param>
/// <param name="Block">The record's content.</param>
/// <param name="Raw">The whole record: version line, fields, block and the two line ends after it.</param>
public sealed record WarcRecord(IReadOnlyList<KeyValuePair<string, string>> Fields, ReadOnlyMemory<byte> Block, ReadOnlyMemory<byte> Raw)
{
    public string Type => this["WARC-Type"] ?? "";

    /// <summary>"urn:uuid:…" without the angle brackets.</summary>
    public string Id => (this["WARC-Record-ID"] ?? "").Trim('<', '>');

    /// <summary>First value of a field, names compared without case; null: not there.</summary>
    public string? this[string name] => Fields.FirstOrDefault(field => string.Equals(field.Key, name, StringComparison.OrdinalIgnoreCase)).Value;
}
