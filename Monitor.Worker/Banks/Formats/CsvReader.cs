using System.Globalization;
using System.Text;
using Monitor.Rules.Matching;

namespace Monitor.Worker.Banks.Formats;

/// <summary>Any CSV: columns as the caller says, or as the first line names them. A record may hold several hashes, each counted by itself.</summary>
internal static class CsvReader
{
    private static readonly string[] HashNames = ["hash", "value", "indicator", "signal", "digest", "hash_value", "hashvalue"];
    private static readonly string[] KindNames = ["kind", "type", "hash_type", "hashtype", "indicator_type", "signal_type", "algorithm"];
    private static readonly string[] LabelNames = ["label", "id", "name", "image id", "imageid", "mediaid", "media id", "description", "file_name", "filename", "tags"];
    private static readonly string[] QualityNames = ["quality", "pdq_quality", "pdqquality"];
    private static readonly string[] OpinionNames = ["opinion", "status", "verdict"];
    private static readonly string[] OperationNames = ["op", "operation", "action", "change"];

    /// <returns>Lines that hold nothing: the one that names the columns, and blank ones.</returns>
    /// <exception cref="HashFormatException">No column holds a hash.</exception>
    public static long Read(Stream stream, byte separator, HashReadOptions options, IHashSink sink, CancellationToken cancellation)
    {
        var records = new CsvRecords(stream, separator, cancellation);
        var layout = options.Columns is { ByName: false } numbered ? Layout.Numbered(numbered) : null;
        long empty = 0;
        var first = true;
        while (records.TryRead())
        {
            if (records.Fields == 1 && records[0].IsEmpty && !records.Cut)
            {
                empty++;
                continue;
            }

            if (first)
            {
                first = false;
                if (layout is null)
                {
                    layout = Layout.Named(records, options.Columns, options.Kind);
                    empty++;
                    continue;
                }

                if (layout.IsHeader(records))
                {
                    empty++;
                    continue;
                }
            }

            layout!.Take(records, options, sink);
        }

        return empty;
    }

    private sealed class Layout
    {
        private readonly List<(int Column, HashKind? Kind)> _hashes = [];
        private readonly List<(int Column, string Word)> _leftOut = [];
        private int _kind = -1;
        private int _label = -1;
        private int _quality = -1;
        private int _opinion = -1;
        private int _operation = -1;

        public static Layout Numbered(CsvColumns columns)
        {
            var layout = new Layout();
            foreach (var (role, place) in columns.Places)
            {
                layout.Set(role, int.Parse(place, CultureInfo.InvariantCulture) - 1);
            }

            return layout;
        }

        public static Layout Named(CsvRecords header, CsvColumns? columns, HashKind? kind)
        {
            var layout = new Layout();
            var names = new List<string>();
            for (var i = 0; i < header.Fields; i++)
            {
                names.Add(Encoding.UTF8.GetString(header[i]).Trim().Trim('\uFEFF').ToLowerInvariant());
            }

            if (columns is not null)
            {
                foreach (var (role, place) in columns.Places)
                {
                    var column = int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number - 1 : names.IndexOf(place.ToLowerInvariant());
                    if (column < 0)
                    {
                        throw new HashFormatException($"dòng đầu không có cột '{place}'; các cột: {string.Join(", ", names.Take(20))}", $"the first line has no column '{place}'; it names: {string.Join(", ", names.Take(20))}");
                    }

                    layout.Set(role, column);
                }
            }
            else
            {
                for (var i = 0; i < names.Count; i++)
                {
                    layout.Guess(names[i], i);
                }
            }

            if (layout._hashes.Count == 0 && (layout._leftOut.Count == 0 || kind is not null))
            {
                throw new HashFormatException("không cột nào có mã băm; hãy chỉ rõ bằng --columns hash=2,kind=1,label=3", "no column holds a hash; say which with --columns hash=2,kind=1,label=3");
            }

            return layout;
        }

        /// <summary>The first line of a numbered layout may still name its columns.</summary>
        public bool IsHeader(CsvRecords record) => _hashes.TrueForAll(hash => record[hash.Column] is { IsEmpty: false } text && (HashKindNames.TryKind(text, out _) || Contains(HashNames, text)));

        public void Take(CsvRecords record, HashReadOptions options, IHashSink sink)
        {
            if (record.Cut)
            {
                sink.Bad(record.Number, record.Start, HashProblem.LineTooLong);
                return;
            }

            foreach (var (column, word) in _leftOut)
            {
                if (!record[column].IsEmpty)
                {
                    sink.Skip(record.Number, word);
                }
            }

            Opinion? opinion = null;
            if (_opinion >= 0 && record[_opinion] is { IsEmpty: false } said)
            {
                if (!HashText.TryOpinion(said, out var found))
                {
                    sink.Bad(record.Number, said, HashProblem.OpinionUnknown);
                    return;
                }

                opinion = found;
            }

            int? quality = null;
            if (_quality >= 0 && record[_quality] is { IsEmpty: false } number)
            {
                if (!HashText.TryQuality(number, out var found))
                {
                    sink.Bad(record.Number, number, HashProblem.QualityUnknown);
                    return;
                }

                quality = found;
            }

            var remove = false;
            if (_operation >= 0 && record[_operation] is { IsEmpty: false } operation)
            {
                remove = operation.SequenceEqual("-"u8) || HashText.Is(operation, "remove"u8) || HashText.Is(operation, "delete"u8) || HashText.Is(operation, "removed"u8) || HashText.Is(operation, "deleted"u8);
                if (!remove && !(operation.SequenceEqual("+"u8) || HashText.Is(operation, "add"u8) || HashText.Is(operation, "added"u8) || HashText.Is(operation, "update"u8) || HashText.Is(operation, "upsert"u8)))
                {
                    sink.Bad(record.Number, operation, HashProblem.OperationUnknown);
                    return;
                }
            }

            HashKind? named = null;
            if (_kind >= 0 && record[_kind] is { IsEmpty: false } kind)
            {
                if (HashKindNames.LeftOutAs(kind) is { } leftOut)
                {
                    sink.Skip(record.Number, leftOut);
                    return;
                }

                if (!HashKindNames.TryKind(kind, out var found))
                {
                    sink.Bad(record.Number, kind, HashProblem.KindUnknown);
                    return;
                }

                named = found;
            }

            var label = record[_label];
            var any = false;
            foreach (var (column, kindOfColumn) in _hashes)
            {
                if (column >= record.Fields)
                {
                    any = true;
                    sink.Bad(record.Number, record.Start, HashProblem.ColumnMissing);
                }
                else if (!record[column].IsEmpty)
                {
                    any = true;
                    HashText.Take(sink, record.Number, kindOfColumn ?? named ?? options.Kind, record[column], label, opinion, quality, remove);
                }
            }

            if (!any && _leftOut.TrueForAll(left => record[left.Column].IsEmpty))
            {
                sink.Bad(record.Number, record.Start, HashProblem.HashMissing);
            }
        }

        private void Set(string role, int column)
        {
            switch (role)
            {
                case "hash":
                    _hashes.Add((column, null));
                    break;
                case "kind":
                    _kind = column;
                    break;
                case "label":
                    _label = column;
                    break;
                case "quality":
                    _quality = column;
                    break;
                case "opinion":
                    _opinion = column;
                    break;
                case "op":
                    _operation = column;
                    break;
                default:
                    _ = HashKindNames.TryKind(role, out var kind);
                    _hashes.Add((column, kind));
                    break;
            }
        }

        private void Guess(string name, int column)
        {
            if (HashKindNames.TryKind(name, out var kind))
            {
                _hashes.Add((column, kind));
            }
            else if (HashKindNames.LeftOutAs(name) is { } leftOut && leftOut is not ("url" or "text"))
            {
                _leftOut.Add((column, leftOut));
            }
            else if (HashNames.Contains(name))
            {
                _hashes.Add((column, null));
            }
            else if (_kind < 0 && KindNames.Contains(name))
            {
                _kind = column;
            }
            else if (_label < 0 && LabelNames.Contains(name))
            {
                _label = column;
            }
            else if (_quality < 0 && QualityNames.Contains(name))
            {
                _quality = column;
            }
            else if (_opinion < 0 && OpinionNames.Contains(name))
            {
                _opinion = column;
            }
            else if (_operation < 0 && OperationNames.Contains(name))
            {
                _operation = column;
            }
        }

        private static bool Contains(string[] names, ReadOnlySpan<byte> text) => names.Contains(Encoding.UTF8.GetString(text).ToLowerInvariant());
    }
}
