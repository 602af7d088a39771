using System.Text;
using System.Xml;
using Monitor.Rules.Matching;

namespace Monitor.Worker.Banks.Formats;

/// <summary>
/// The answers of NCMEC's hash sharing API, version 2: images and videos with their fingerprints, and tombstones of deleted ones. An entry is
/// named "member/id"; an entry that comes again replaces what it had. A fingerprint that members objected to is disputed. Everything that could
/// make a reader follow, expand or hoard is refused: document types, entities, deep nesting, endless texts.
/// </summary>
internal static class NcmecReader
{
    private const int MaxText = 4096;
    private const int MaxDepth = 32;

    /// <summary>Fingerprints of one entry, with those the list holds besides ours.</summary>
    private const int MaxFingerprints = 64;

    /// <exception cref="HashFormatException">Not well-formed, cut off, or none of these answers.</exception>
    public static void Read(Stream stream, HashReadOptions options, IHashSink sink, CancellationToken cancellation)
    {
        using var guarded = new MarkupGuard(stream, cancellation);
        using var xml = XmlReader.Create(guarded, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
            MaxCharactersFromEntities = 1024,
        });
        try
        {
            Read(xml, options, sink, cancellation);
        }
        catch (XmlException problem)
        {
            throw new HashFormatException(
                $"XML sai hoặc bị cắt ở dòng {problem.LineNumber}, cột {problem.LinePosition}",
                $"the XML is malformed or cut off at line {problem.LineNumber}, column {problem.LinePosition}");
        }
    }

    private static void Read(XmlReader xml, HashReadOptions options, IHashSink sink, CancellationToken cancellation)
    {
        var root = true;
        long number = 0;
        string? latest = null;
        while (xml.Read())
        {
            if (xml.Depth > MaxDepth)
            {
                throw new HashFormatException($"XML lồng quá {MaxDepth} tầng", $"the XML is nested deeper than {MaxDepth}");
            }

            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (root)
            {
                root = false;
                if (xml.LocalName != "queryResult")
                {
                    throw new HashFormatException("phần tử gốc không phải queryResult", "the root element is not queryResult");
                }
            }

            switch (xml.LocalName)
            {
                case "images" or "videos" when xml.GetAttribute("maxTimestamp") is { Length: > 0 and <= 40 } at:
                    latest = string.CompareOrdinal(at, latest) > 0 ? at : latest;
                    break;
                case "image" or "video" or "deletedImage" or "deletedVideo":
                    cancellation.ThrowIfCancellationRequested();
                    new Entry(++number, xml.LocalName.StartsWith("deleted", StringComparison.Ordinal)).Read(xml).Tell(sink, options);
                    break;
            }
        }

        if (root)
        {
            throw new HashFormatException("tệp trống", "the file is empty");
        }

        if (latest is not null)
        {
            sink.Checkpoint(latest);
        }
    }

    /// <summary>A text of bounded length, whatever stands there.</summary>
    private static string Text(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            return "";
        }

        var depth = xml.Depth;
        var text = new StringBuilder();
        var buffer = new char[1024];
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                int read;
                while ((read = xml.ReadValueChunk(buffer, 0, buffer.Length)) > 0)
                {
                    text.Append(buffer, 0, Math.Min(read, MaxText - text.Length));
                }
            }
        }

        return text.ToString().Trim();
    }

    private sealed class Entry(long number, bool deleted)
    {
        private readonly List<(string Kind, string Value)> _fingerprints = [];
        private readonly HashSet<string> _objections = new(StringComparer.OrdinalIgnoreCase);
        private string _member = "";
        private string _id = "";

        /// <summary>Reads to the end of the element.</summary>
        public Entry Read(XmlReader xml)
        {
            if (xml.IsEmptyElement)
            {
                return this;
            }

            var depth = xml.Depth;
            string? feedback = null;
            var inFingerprints = false;
            // Reading a text already stands at the end of its element.
            while (xml.Read() && xml.Depth > depth)
            {
                if (xml.Depth > MaxDepth)
                {
                    throw new HashFormatException($"XML lồng quá {MaxDepth} tầng", $"the XML is nested deeper than {MaxDepth}");
                }

                if (xml.NodeType == XmlNodeType.EndElement)
                {
                    inFingerprints &= xml.LocalName != "fingerprints";
                    continue;
                }

                if (xml.NodeType != XmlNodeType.Element)
                {
                    continue;
                }

                var inner = xml.Depth - depth;
                switch (xml.LocalName)
                {
                    case "member" when inner == 1:
                        _member = xml.GetAttribute("id") ?? "";
                        _ = Text(xml);
                        break;
                    case "id" when inner == 1:
                        _id = Text(xml);
                        break;
                    case "fingerprints" when inner == 1:
                        inFingerprints = !xml.IsEmptyElement;
                        break;
                    case "negativeFeedback" when xml.GetAttribute("type") is { Length: > 0 and <= 40 } type:
                        feedback = type;
                        _objections.Add(feedback);
                        break;
                    default:
                        if (inFingerprints && inner == 2)
                        {
                            var kind = xml.LocalName;
                            var value = Text(xml);
                            if (_fingerprints.Count == MaxFingerprints)
                            {
                                throw new HashFormatException($"mục {number} có hơn {MaxFingerprints} mã băm", $"item {number} has more than {MaxFingerprints} fingerprints");
                            }

                            _fingerprints.Add((kind, value));
                        }

                        break;
                }
            }

            return this;
        }

        public void Tell(IHashSink sink, HashReadOptions options)
        {
            var name = Encoding.UTF8.GetBytes(_member.Length > 0 ? $"{_member}/{_id}" : _id);
            if (_id.Length == 0)
            {
                sink.Bad(number, name, HashProblem.HashMissing);
                return;
            }

            if (deleted)
            {
                sink.RemoveLabel(number, name);
                return;
            }

            if (options.Delta)
            {
                sink.RemoveLabel(number, name, counted: false);
            }

            if (_fingerprints.Count == 0)
            {
                sink.Bad(number, name, HashProblem.HashMissing);
            }

            foreach (var (kindName, value) in _fingerprints)
            {
                if (HashKindNames.TryKind(kindName, out var kind))
                {
                    var disputed = _objections.Any(objection => HashKindNames.TryKind(objection, out var other) && other == kind);
                    HashText.Take(sink, number, kind, Encoding.UTF8.GetBytes(value), name, disputed ? Opinion.Disputed : null, null, remove: false);
                }
                else
                {
                    sink.Skip(number, HashKindNames.LeftOutAs(kindName) ?? "unknown-kind");
                }
            }
        }
    }
}
