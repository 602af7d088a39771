using Monitor.Worker.Settings.Problems;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Monitor.Worker.Settings.Yaml;

/// <summary>
/// Text → nodes with their places. Built on YamlDotNet's events and not on its document model because that one stops at
/// the first repeated key and follows aliases: here every repeated key is reported, and anchors, aliases and tags, which
/// this configuration has no use for, are refused, so no file can expand.
/// </summary>
internal sealed class YamlFileReader
{
    /// <summary>A condition of a rule at its deepest needs two for each of its levels; everything else of ours needs 6.</summary>
    public const int DeepestNesting = 80;

    private readonly SourceFile _file;
    private readonly Parser _parser;

    private YamlFileReader(SourceFile file)
    {
        _file = file;
        _parser = new Parser(new StringReader(file.Text));
    }

    /// <returns>The one mapping the file consists of, or null after the reason was reported.</returns>
    public static YamlMap? Read(SourceFile file)
    {
        try
        {
            return new YamlFileReader(file).ReadStream();
        }
        catch (YamlException exception)
        {
            if (FirstTab(file, (int)Math.Max(1, exception.Start.Line)) is { } tab)
            {
                // The commonest slip of all, which the parser words as something else.
                file.Report(
                    tab,
                    ProblemCodes.MalformedYaml,
                    new("dòng thụt vào bằng phím Tab", "the line is indented with a tab"),
                    new("dấu cách", "spaces"));
                return null;
            }

            file.Report(
                SpanOf(exception.Start, exception.End),
                ProblemCodes.MalformedYaml,
                new($"không đọc được YAML: {exception.Message}", $"malformed YAML: {exception.Message}"),
                new("kiểm tra thụt lề, dấu hai chấm, dấu ngoặc", "check indentation, colons, brackets and quotation marks"));
            return null;
        }
    }

    private static SourceSpan? FirstTab(SourceFile file, int from)
    {
        for (int line = from; file.Line(line) is { } text; line++)
        {
            int at = text.AsSpan().IndexOfAnyExcept(' ');
            if (at >= 0 && text[at] == '\t' && !string.IsNullOrWhiteSpace(text))
                return new SourceSpan(line, at + 1, 1);
        }

        return null;
    }

    private YamlMap? ReadStream()
    {
        _parser.MoveNext();
        _parser.MoveNext();
        if (_parser.Current is not DocumentStart)
        {
            _file.Report(SourceSpan.Start, ProblemCodes.NotOneMapping, new("tệp không có nội dung", "the file has no content"));
            return null;
        }

        _parser.MoveNext();
        YamlNode? root = ReadNode(0);
        if (root is null)
            return null;
        _parser.MoveNext();
        if (_parser.MoveNext() && _parser.Current is DocumentStart second)
        {
            _file.Report(
                SpanOf(second.Start, second.End),
                ProblemCodes.NotOneMapping,
                new("tệp có nhiều hơn một tài liệu YAML (---)", "the file holds more than one YAML document (---)"));
            return null;
        }

        if (root is YamlMap map)
            return map;
        _file.Report(
            root.Span,
            ProblemCodes.NotOneMapping,
            root is YamlText { IsAbsent: true }
                ? new("tệp không có nội dung", "the file has no content")
                : new("tệp phải gồm các cặp 'khoá: giá trị'", "the file must consist of 'key: value' pairs"));
        return null;
    }

    /// <summary>Reads the node at the parser's current event and leaves the parser at its last event. Null: give the file up.</summary>
    private YamlNode? ReadNode(int depth)
    {
        if (depth > DeepestNesting)
        {
            Refuse(_parser.Current!, ProblemCodes.NestedTooDeep, new($"lồng quá {DeepestNesting} tầng", $"nested more than {DeepestNesting} levels deep"));
            return null;
        }

        switch (_parser.Current)
        {
            case AnchorAlias alias:
                Refuse(alias, ProblemCodes.AnchorOrTag, new("cấu hình này không dùng bí danh (*)", "aliases (*) are not used in this configuration"));
                return new YamlRefused(SpanOf(alias.Start, alias.End));
            case Scalar scalar:
                CheckPlain(scalar);
                return new YamlText(SpanOf(scalar.Start, scalar.End), scalar.Value, scalar.Style != ScalarStyle.Plain);
            case SequenceStart sequence:
                CheckPlain(sequence);
                return ReadList(sequence, depth);
            case MappingStart mapping:
                CheckPlain(mapping);
                return ReadMap(mapping, depth);
            default:
                throw new InvalidOperationException($"unexpected YAML event {_parser.Current?.GetType().Name}");
        }
    }

    private YamlList? ReadList(SequenceStart start, int depth)
    {
        var items = new List<YamlNode>();
        while (_parser.MoveNext() && _parser.Current is not SequenceEnd)
        {
            if (ReadNode(depth + 1) is not { } item)
                return null;
            items.Add(item);
        }

        return new YamlList(SpanOf(start.Start, start.Start), items);
    }

    private YamlMap? ReadMap(MappingStart start, int depth)
    {
        var entries = new List<YamlEntry>();
        var seen = new Dictionary<string, YamlText>(StringComparer.Ordinal);
        while (_parser.MoveNext() && _parser.Current is not MappingEnd)
        {
            if (ReadNode(depth + 1) is not { } keyNode)
                return null;
            _parser.MoveNext();
            if (ReadNode(depth + 1) is not { } value)
                return null;
            if (keyNode is not YamlText key)
            {
                if (keyNode is YamlRefused)
                    continue;
                _file.Report(keyNode.Span, ProblemCodes.WrongType, new("khoá phải là một từ", "a key must be a word"));
            }
            else if (!seen.TryAdd(key.Value, key))
            {
                // Not shown when it may be a secret; the first one of the name is judged by its schema.
                _file.Report(
                    key.Span,
                    ProblemCodes.DuplicateKey,
                    new($"khoá '{Shorten(key.Value)}' đã có ở dòng {seen[key.Value].Span.Line}", $"key '{Shorten(key.Value)}' was already given on line {seen[key.Value].Span.Line}"),
                    secret: SecretKeys.Contains(key.Value));
            }
            else
            {
                entries.Add(new YamlEntry(key, value));
            }
        }

        return new YamlMap(entries.Count > 0 ? entries[0].Key.Span : SpanOf(start.Start, start.Start), entries);
    }

    private void CheckPlain(NodeEvent node)
    {
        // "!" alone is what the parser puts on quoted text.
        if (!node.Anchor.IsEmpty || (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific))
        {
            Refuse(
                node,
                ProblemCodes.AnchorOrTag,
                new("cấu hình này không dùng neo (&) và thẻ (!)", "anchors (&) and tags (!) are not used in this configuration"));
        }
    }

    private void Refuse(ParsingEvent at, string code, BilingualText message)
    {
        _file.Report(SpanOf(at.Start, at.End), code, message);
    }

    private static SourceSpan SpanOf(Mark start, Mark end)
    {
        int line = (int)Math.Max(1, start.Line);
        int column = (int)Math.Max(1, start.Column);
        int length = end.Line == start.Line ? (int)(end.Column - start.Column) : int.MaxValue;
        return new SourceSpan(line, column, Math.Max(1, length));
    }

    internal static string Shorten(string text) => text.Length <= 80 ? text.ReplaceLineEndings(" ") : text[..77].ReplaceLineEndings(" ") + "...";
}
