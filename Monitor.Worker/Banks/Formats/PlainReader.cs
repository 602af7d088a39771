using System.Text;
using Monitor.Rules.Matching;

namespace Monitor.Worker.Banks.Formats;

/// <summary>
/// One hash a line in hex; behind it, after a comma, semicolon or white space, a label. "#" starts a comment; "# checkpoint: …" and
/// "# base: …" say how far the list reaches and what a delta starts from; "-" before a hash takes it out, "+" is the usual. PDQ lines may
/// carry their quality between hash and label, as the reference's own tool prints them.
/// </summary>
internal static class PlainReader
{
    /// <returns>Lines that hold nothing: blank ones and comments.</returns>
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
                Directive(text, sink);
                continue;
            }

            if (lines.Cut)
            {
                sink.Bad(lines.Number, text, HashProblem.LineTooLong);
                continue;
            }

            var remove = text[0] == '-';
            if (text[0] is (byte)'-' or (byte)'+')
            {
                text = HashText.Trim(text[1..]);
            }

            var end = text.IndexOfAny(",; \t"u8);
            var hex = end < 0 ? text : text[..end];
            var label = end < 0 ? default : Rest(text[end..]);
            int? quality = null;
            if (options.Kind == HashKind.Pdq && !label.IsEmpty)
            {
                var next = label.IndexOfAny(",;"u8);
                if (HashText.TryQuality(HashText.Trim(next < 0 ? label : label[..next]), out var found))
                {
                    quality = found;
                    label = next < 0 ? default : Rest(label[next..]);
                }
            }

            if (hex.IsEmpty)
            {
                sink.Bad(lines.Number, text, HashProblem.HashMissing);
                continue;
            }

            HashText.Take(sink, lines.Number, options.Kind, hex, label, null, quality, remove);
        }

        return blank;
    }

    private static ReadOnlySpan<byte> Rest(ReadOnlySpan<byte> text) => HashText.Trim(HashText.Trim(text).TrimStart(",;"u8));

    private static void Directive(ReadOnlySpan<byte> comment, IHashSink sink)
    {
        if (comment.IsEmpty)
        {
            return;
        }

        var text = HashText.Trim(comment.TrimStart((byte)'#'));
        if (text.StartsWith("checkpoint:"u8) && Value(text["checkpoint:".Length..]) is { Length: > 0 } at)
        {
            sink.Checkpoint(at);
        }
        else if (text.StartsWith("base:"u8) && Value(text["base:".Length..]) is { Length: > 0 } from)
        {
            sink.Base(from);
        }
    }

    private static string Value(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(HashText.Trim(text));
}
