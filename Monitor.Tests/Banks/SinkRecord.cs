using System.Globalization;
using System.Text;
using Monitor.Rules.Matching;
using Monitor.Worker.Banks.Formats;

namespace Monitor.Tests.Banks;

/// <summary>Writes down what a reader tells, a line each.</summary>
internal sealed class SinkRecord : IHashSink
{
    public List<string> Lines { get; } = [];

    public long EmptyLines { get; private set; }

    public static SinkRecord Read(HashFormat format, byte[] bytes, HashReadOptions? options = null)
    {
        var sink = new SinkRecord();
        using var stream = new MemoryStream(bytes);
        sink.EmptyLines = HashFormats.Read(format, stream, bytes.AsSpan(0, Math.Min(bytes.Length, HashFormats.HeadLength)), options ?? new HashReadOptions(), sink, CancellationToken.None);
        return sink;
    }

    public static SinkRecord Read(HashFormat format, string text, HashReadOptions? options = null) => Read(format, Encoding.UTF8.GetBytes(text), options);

    public void Add(in HashItem item) => Lines.Add(string.Create(CultureInfo.InvariantCulture, $"{item.Number} + {HashKindNames.Word(item.Kind)} {Short(item.Value)} '{Encoding.UTF8.GetString(item.Label)}'{(item.Opinion is { } opinion ? " " + opinion : "")}{(item.Quality is { } quality ? $" q{quality}" : "")}"));

    public void Remove(long number, HashKind kind, ReadOnlySpan<byte> value) => Lines.Add($"{number} - {HashKindNames.Word(kind)} {Short(value)}");

    public void RemoveLabel(long number, ReadOnlySpan<byte> label, bool counted = true) => Lines.Add($"{number} -{(counted ? "" : "?")} '{Encoding.UTF8.GetString(label)}'");

    public void Bad(long number, ReadOnlySpan<byte> excerpt, HashProblem problem) => Lines.Add($"{number} bad {problem}");

    public void Skip(long number, string what) => Lines.Add($"{number} skip {what}");

    public void Checkpoint(string at) => Lines.Add($"checkpoint {at}");

    public void Base(string from) => Lines.Add($"base {from}");

    private static string Short(ReadOnlySpan<byte> value) => Convert.ToHexStringLower(value)[..6];
}
