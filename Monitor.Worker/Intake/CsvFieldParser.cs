using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Monitor.Worker.Intake;

/// <summary>Fields of one record. One parser serves all records: it is fed each as it comes.</summary>
internal sealed class CsvFieldParser : IDisposable
{
    private readonly Feed _feed = new();
    private readonly CsvParser _parser;
    private bool _bad;

    public CsvFieldParser(char delimiter)
    {
        _parser = new CsvParser(
            _feed,
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = delimiter.ToString(),
                NewLine = "\n",
                Mode = CsvMode.RFC4180,
                IgnoreBlankLines = false,
                DetectDelimiter = false,
                BadDataFound = _ => _bad = true,
            });
    }

    /// <param name="record">A whole record: its quotes are balanced.</param>
    /// <returns>The fields, or null when a quotation mark stands where none may.</returns>
    public string[]? Parse(string record)
    {
        _bad = false;
        _feed.Give(record);
        if (!_parser.Read())
            return [];
        string[] fields = _parser.Record ?? [];
        return _bad ? null : fields;
    }

    public void Dispose()
    {
        _parser.Dispose();
        _feed.Dispose();
    }

    /// <summary>A text that ends after each record and begins again with the next.</summary>
    private sealed class Feed : TextReader
    {
        private string _text = "";
        private int _at;

        public void Give(string record)
        {
            _text = record + "\n";
            _at = 0;
        }

        public override int Read(char[] buffer, int index, int count)
        {
            int length = Math.Min(count, _text.Length - _at);
            _text.CopyTo(_at, buffer, index, length);
            _at += length;
            return length;
        }
    }
}
