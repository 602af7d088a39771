using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Monitor.Worker.Banks.Formats;

/// <summary>
/// Project VIC's and CAID's JSON (VICS 1.1 to 2.0), lists of media as well as of cases with media. Each medium brings MD5 and SHA-1, further
/// ones under AlternativeHashes; PhotoDNA is counted and left out. The digests of its MediaFiles are the same file's and are not read again.
/// Category numbers mean different things in different countries: only those asked for are taken in; in a delta the others are tombstones,
/// for their owner no longer says what the bank says.
/// </summary>
internal static class VicsReader
{
    private const int MaxDepth = 32;
    private const int FirstBuffer = 64 * 1024;
    private const int LongestToken = 8 * 1024 * 1024;

    /// <summary>Hashes of one medium.</summary>
    private const int MaxHashes = 64;

    private enum Place
    {
        Other,
        Root,
        Values,
        Media,
        Medium,
        Alternatives,
        Alternative,
    }

    /// <exception cref="HashFormatException">Not well-formed, cut off, or nested without end.</exception>
    public static void Read(Stream stream, HashReadOptions options, IHashSink sink, CancellationToken cancellation)
    {
        var buffer = new byte[FirstBuffer];
        var filled = 0;
        var last = false;
        var state = new JsonReaderState(new JsonReaderOptions { MaxDepth = MaxDepth, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var walk = new Walk(options, sink);
        try
        {
            while (!last)
            {
                cancellation.ThrowIfCancellationRequested();
                if (filled == buffer.Length)
                {
                    if (buffer.Length >= LongestToken)
                    {
                        throw new HashFormatException("JSON có một giá trị dài hơn 8 MB", "the JSON has a value of more than 8 MB");
                    }

                    Array.Resize(ref buffer, buffer.Length * 2);
                }

                var read = stream.Read(buffer, filled, buffer.Length - filled);
                filled += read;
                last = read == 0;
                var json = new Utf8JsonReader(buffer.AsSpan(0, filled), last, state);
                while (json.Read())
                {
                    walk.Take(ref json);
                }

                var consumed = (int)json.BytesConsumed;
                buffer.AsSpan(consumed, filled - consumed).CopyTo(buffer);
                filled -= consumed;
                state = json.CurrentState;
            }
        }
        catch (JsonException problem)
        {
            throw new HashFormatException(
                string.Create(CultureInfo.InvariantCulture, $"JSON sai, bị cắt hoặc lồng quá sâu ở dòng {problem.LineNumber + 1}, byte {problem.BytePositionInLine + 1}, sau mục {walk.Number}"),
                string.Create(CultureInfo.InvariantCulture, $"the JSON is malformed, cut off or nested too deeply at line {problem.LineNumber + 1}, byte {problem.BytePositionInLine + 1}, after item {walk.Number}"));
        }

        if (!walk.SawValues)
        {
            throw new HashFormatException("JSON không có danh sách 'value' của VICS", "the JSON has no VICS list 'value'");
        }
    }

    private sealed class Walk(HashReadOptions options, IHashSink sink)
    {
        private readonly Stack<Place> _places = new();
        private readonly List<(string Kind, byte[] Value)> _hashes = [];
        private string _property = "";
        private string _id = "";
        private int? _category;
        private bool _categorySaid;
        private string _alternativeName = "";
        private byte[] _alternativeValue = [];

        /// <summary>Media seen so far.</summary>
        public long Number { get; private set; }

        public bool SawValues { get; private set; }

        public void Take(ref Utf8JsonReader json)
        {
            switch (json.TokenType)
            {
                case JsonTokenType.PropertyName:
                    _property = json.HasValueSequence || json.ValueSpan.Length > 64 ? "" : json.GetString() ?? "";
                    break;
                case JsonTokenType.StartArray:
                    _places.Push(Array());
                    break;
                case JsonTokenType.StartObject:
                    StartObject();
                    break;
                case JsonTokenType.EndArray:
                    _places.Pop();
                    break;
                case JsonTokenType.EndObject:
                    EndObject(_places.Pop());
                    break;
                case JsonTokenType.String or JsonTokenType.Number or JsonTokenType.Null or JsonTokenType.True or JsonTokenType.False:
                    Value(ref json);
                    break;
            }
        }

        private Place Array()
        {
            var inside = _places.Count == 0 ? Place.Root : _places.Peek();
            var array = _property switch
            {
                _ when _places.Count == 0 => Place.Values,
                "value" when inside == Place.Root => Place.Values,
                // A case: what was taken for a medium holds media.
                "Media" when inside == Place.Medium => Place.Media,
                "AlternativeHashes" when inside == Place.Medium => Place.Alternatives,
                _ => Place.Other,
            };
            SawValues |= array == Place.Values;
            return array;
        }

        private void StartObject()
        {
            var place = _places.Count == 0 ? Place.Root : _places.Peek() switch
            {
                Place.Values or Place.Media => Place.Medium,
                Place.Alternatives => Place.Alternative,
                _ => Place.Other,
            };
            if (place == Place.Medium)
            {
                Clear();
            }
            else if (place == Place.Alternative)
            {
                (_alternativeName, _alternativeValue) = ("", []);
            }

            _places.Push(place);
        }

        private void Clear()
        {
            _hashes.Clear();
            (_id, _category, _categorySaid) = ("", null, false);
        }

        private void Value(ref Utf8JsonReader json)
        {
            var place = _places.Count == 0 ? Place.Other : _places.Peek();
            if (place is Place.Values or Place.Media)
            {
                sink.Bad(++Number, json.ValueSpan, HashProblem.HashMissing);
                return;
            }

            if (place == Place.Medium)
            {
                switch (_property)
                {
                    case "MediaID":
                        _id = Short(ref json);
                        break;
                    case "Category":
                        _categorySaid = true;
                        _category = json.TokenType is JsonTokenType.Number or JsonTokenType.String && Utf8Parser.TryParse(json.ValueSpan, out int number, out var consumed) && consumed == json.ValueSpan.Length ? number : null;
                        break;
                    case "MD5" or "SHA1" or "SHA256" or "SHA-256" or "PDQ" or "PhotoDNA":
                        Hash(_property, Bytes(ref json));
                        break;
                }
            }
            else if (place == Place.Alternative)
            {
                switch (_property)
                {
                    case "HashName":
                        _alternativeName = Short(ref json);
                        break;
                    case "HashValue":
                        _alternativeValue = Bytes(ref json);
                        break;
                }
            }
        }

        private void EndObject(Place place)
        {
            if (place == Place.Alternative)
            {
                Hash(_alternativeName, _alternativeValue);
            }
            else if (place == Place.Medium && (_hashes.Count > 0 || _id.Length > 0))
            {
                Tell();
                Clear();
            }
        }

        private void Hash(string name, byte[] value)
        {
            if (value.Length == 0)
            {
                return;
            }

            if (_hashes.Count == MaxHashes)
            {
                throw new HashFormatException($"mục {Number + 1} có hơn {MaxHashes} mã băm", $"item {Number + 1} has more than {MaxHashes} hashes");
            }

            _hashes.Add((name, value));
        }

        private void Tell()
        {
            Number++;
            if (_hashes.Count == 0)
            {
                sink.Bad(Number, Encoding.UTF8.GetBytes(_id), HashProblem.HashMissing);
                return;
            }

            var wanted = _category is { } category && options.Categories.Contains(category);
            var label = Encoding.UTF8.GetBytes(_id.Length > 0 ? $"MediaID {_id}{(_category is { } said ? $" category {said}" : "")}" : _category is { } only ? $"category {only}" : "");
            foreach (var (name, value) in _hashes)
            {
                if (!HashKindNames.TryKind(name, out var kind))
                {
                    sink.Skip(Number, HashKindNames.LeftOutAs(name) ?? "unknown-kind");
                }
                else if (!wanted && !options.Delta)
                {
                    sink.Skip(Number, _category is { } other ? $"category-{other}" : _categorySaid ? "category-none" : "no-category");
                }
                else
                {
                    HashText.Take(sink, Number, kind, value, label, null, null, remove: !wanted);
                }
            }
        }

        private static string Short(ref Utf8JsonReader json) => json.TokenType switch
        {
            JsonTokenType.String when json.ValueSpan.Length <= 200 => json.GetString() ?? "",
            JsonTokenType.Number when json.ValueSpan.Length <= 200 => Encoding.UTF8.GetString(json.ValueSpan),
            _ => "",
        };

        /// <summary>A hash has no escapes; whatever has is looked at as it stands, and found wanting.</summary>
        private static byte[] Bytes(ref Utf8JsonReader json) => json.TokenType == JsonTokenType.String ? json.ValueSpan[..Math.Min(json.ValueSpan.Length, 1024)].ToArray() : [];
    }
}
