using Monitor.Rules.Matching;

namespace Monitor.Worker.Banks.Formats;

/// <summary>
/// The rows that ThreatExchange's command-line tool keeps in "simple.TYPE.te": indicator, id of the first descriptor, when it was added, and
/// tags with spaces between them. The kind stands in the file's name, or is said by the caller.
/// </summary>
internal static class ThreatExchangeReader
{
    /// <returns>Rows that hold nothing.</returns>
    /// <exception cref="HashFormatException">Nothing says what kind the indicators are of.</exception>
    public static long Read(Stream stream, HashReadOptions options, IHashSink sink, CancellationToken cancellation)
    {
        var (kind, leftOut) = KindOf(options);
        var records = new CsvRecords(stream, (byte)',', cancellation);
        long empty = 0;
        while (records.TryRead())
        {
            if (leftOut is not null)
            {
                sink.Skip(records.Number, leftOut);
            }
            else if (records.Cut)
            {
                sink.Bad(records.Number, records.Start, HashProblem.LineTooLong);
            }
            else if (records.Fields == 1 && records[0].IsEmpty)
            {
                empty++;
            }
            else
            {
                HashText.Take(sink, records.Number, kind, records[0], records[1], OpinionOf(records[3]), null, remove: false);
            }
        }

        return empty;
    }

    /// <summary>The type in "simple.TYPE.te"; null for another name.</summary>
    public static string? TypeOf(string fileName)
    {
        var parts = fileName.Split('.');
        return parts.Length >= 3 && parts[0] == "simple" && parts[^1] == "te" ? string.Join('.', parts[1..^1]) : null;
    }

    private static (HashKind? Kind, string? LeftOut) KindOf(HashReadOptions options)
    {
        if (TypeOf(options.FileName) is { } type)
        {
            if (HashKindNames.TryKind(type, out var kind))
            {
                return (kind, null);
            }

            if (HashKindNames.LeftOutAs(type) is { } leftOut)
            {
                return (null, leftOut);
            }
        }

        return options.Kind is { } said
            ? (said, null)
            : throw new HashFormatException("không biết loại mã băm: tên tệp phải là simple.LOẠI.te, hoặc dùng --kind", "the kind of hash is not known: the file must be called simple.TYPE.te, or say --kind");
    }

    private static Opinion? OpinionOf(ReadOnlySpan<byte> tags)
    {
        Opinion? opinion = null;
        foreach (var range in tags.Split((byte)' '))
        {
            // A tag is an opinion only where it speaks against the entry; all others are topics.
            if (HashText.TryOpinion(tags[range], out var said) && said != Opinion.Positive)
            {
                opinion = said;
            }
        }

        return opinion;
    }
}
