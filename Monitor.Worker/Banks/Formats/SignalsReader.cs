namespace Monitor.Worker.Banks.Formats;

/// <summary>The local files of python-threatexchange: the kind's name, a space, the signal. A file of one kind may leave the name out.</summary>
internal static class SignalsReader
{
    /// <returns>Lines that hold nothing.</returns>
    public static long Read(Stream stream, HashReadOptions options, IHashSink sink, CancellationToken cancellation)
    {
        var lines = new ByteLines(stream, cancellation);
        long blank = 0;
        while (lines.TryRead(out var line))
        {
            var text = HashText.Trim(line);
            if (text.IsEmpty || text[0] == '#')
            {
                blank++;
                continue;
            }

            var end = text.IndexOfAny(" \t"u8);
            var name = end < 0 ? default : text[..end];
            if (HashKindNames.LeftOutAs(name) is { } leftOut)
            {
                // Texts and addresses may be of any length; none of them is stored.
                sink.Skip(lines.Number, leftOut);
            }
            else if (lines.Cut)
            {
                sink.Bad(lines.Number, text, HashProblem.LineTooLong);
            }
            else if (end < 0)
            {
                HashText.Take(sink, lines.Number, options.Kind, text, default, null, null, remove: false);
            }
            else if (HashKindNames.TryKind(name, out var kind))
            {
                HashText.Take(sink, lines.Number, kind, HashText.Trim(text[end..]), default, null, null, remove: false);
            }
            else
            {
                sink.Bad(lines.Number, text, HashProblem.KindUnknown);
            }
        }

        return blank;
    }
}
