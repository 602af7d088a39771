using System.Globalization;
using System.Text;

namespace Monitor.Worker.Scoring;

/// <summary>
/// How a text is written, apart from which words it has: loud, full of digits, with contacts, with words taken apart. Counted on the text as
/// written, since folding removes just these signs. One pass, linear; combining marks belong to their letter, so that NFC and NFD count alike.
/// </summary>
public sealed record TextTraits
{
    // Most digits of one number that people dial: 00 84 and ten more.
    private const int MostDialled = 14;

    private static readonly string[] MessengerWords = ["zalo", "telegram", "tele", "viber", "whatsapp", "messenger", "inbox", "ib", "inb", "dm", "pm", "signal", "discord"];

    public int Words { get; init; }

    /// <summary>Upper-case letters among letters that have a case.</summary>
    public double Shouting { get; init; }

    /// <summary>Digits among letters and digits.</summary>
    public double Digits { get; init; }

    /// <summary>What looks like a telephone number, a handle or a mail address.</summary>
    public int Contacts { get; init; }

    /// <summary>Names of messengers and words for private messages.</summary>
    public int Messengers { get; init; }

    /// <summary>What looks like a web address.</summary>
    public int Addresses { get; init; }

    /// <summary>Words that mix letters and digits.</summary>
    public int MixedWords { get; init; }

    /// <summary>Words taken apart into single letters, by blanks, dots or hyphens.</summary>
    public int BrokenWords { get; init; }

    /// <summary>Words that mix Latin letters with those of another alphabet.</summary>
    public int ForeignLetters { get; init; }

    /// <summary>Zero-width and other format characters.</summary>
    public int Invisible { get; init; }

    /// <summary>Emoji and other symbols.</summary>
    public int Symbols { get; init; }

    public int Exclamations { get; init; }

    public static TextTraits Of(string text)
    {
        var reader = new Reader();
        foreach (var rune in text.EnumerateRunes())
        {
            reader.Take(rune);
        }

        reader.EndWord();
        reader.EndSingles();
        return reader.Traits();
    }

    private struct Reader
    {
        private int _words, _cased, _upper, _letters, _digits, _contacts, _messengers, _addresses, _mixed, _broken, _foreign, _invisible, _symbols, _exclamations;

        // Of the word under way (from blank to blank).
        private int _wordLetters, _wordDigits, _wordLatin, _wordOther, _dots, _pieces, _singlePieces, _pieceLength, _at;
        private bool _slashes, _lastPieceIsLetter;
        private StringBuilder? _start;

        // Single letters in a row, and digits that one blank, dot or hyphen keeps together.
        private int _singles, _dialled;

        public void Take(Rune rune)
        {
            var category = Rune.GetUnicodeCategory(rune);
            switch (category)
            {
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark:
                    return;
                case UnicodeCategory.Format:
                    _invisible++;
                    return;
                case UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Control:
                    EndWord();
                    return;
                case UnicodeCategory.DecimalDigitNumber:
                    _digits++;
                    _wordDigits++;
                    _dialled++;
                    Piece(letter: false);
                    break;
                case UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter:
                    Letter(rune, category);
                    break;
                default:
                    Other(rune, category);
                    break;
            }
        }

        private void Letter(Rune rune, UnicodeCategory category)
        {
            EndNumber();
            _letters++;
            _wordLetters++;
            if (category is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter)
            {
                _cased++;
                _upper += category == UnicodeCategory.UppercaseLetter ? 1 : 0;
            }

            if (rune.Value is < 0x0250 or (>= 0x1E00 and <= 0x1EFF))
            {
                _wordLatin++;
            }
            else
            {
                _wordOther++;
            }

            Piece(letter: true);
            _start ??= new StringBuilder(16);
            // Enough to know a messenger's name or the scheme of an address.
            if (_start.Length < 16 && rune.IsAscii)
            {
                _start.Append((char)(rune.Value | 0x20));
            }
        }

        private void Other(Rune rune, UnicodeCategory category)
        {
            if (rune.Value is not ('.' or '-' or '+' or '(' or ')'))
            {
                EndNumber();
            }

            EndPiece();
            switch (rune.Value)
            {
                case '!':
                    _exclamations++;
                    break;
                case '@':
                    _at++;
                    break;
                case '/':
                    _slashes = true;
                    break;
                case '.':
                    _dots += _wordLetters > 0 ? 1 : 0;
                    break;
                default:
                    _symbols += category is UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol or UnicodeCategory.Surrogate ? 1 : 0;
                    break;
            }
        }

        private void Piece(bool letter)
        {
            _pieceLength++;
            _lastPieceIsLetter = letter;
        }

        private void EndPiece()
        {
            if (_pieceLength > 0)
            {
                _pieces++;
                _singlePieces += _pieceLength == 1 && _lastPieceIsLetter ? 1 : 0;
                _pieceLength = 0;
            }
        }

        private void EndNumber()
        {
            _contacts += _dialled is >= 9 and <= MostDialled ? 1 : 0;
            _dialled = 0;
        }

        public void EndWord()
        {
            EndPiece();
            if (_wordLetters + _wordDigits == 0)
            {
                // A sign on its own: it neither is a word nor parts single letters.
                _at = 0;
                return;
            }

            _words++;
            if (_wordLetters > 0)
            {
                EndNumber();
            }

            var start = _start?.ToString() ?? "";
            if (_wordLetters == 1 && _wordDigits == 0)
            {
                _singles++;
            }
            else
            {
                EndSingles();
            }

            _mixed += _wordLetters > 0 && _wordDigits > 0 && !_slashes ? 1 : 0;
            _broken += _pieces >= 3 && _singlePieces >= 2 ? 1 : 0;
            _foreign += _wordLatin > 0 && _wordOther > 0 ? 1 : 0;
            _contacts += _at > 0 && _wordLetters >= 3 ? 1 : 0;
            _messengers += MessengerWords.Contains(start, StringComparer.Ordinal) ? 1 : 0;
            _addresses += _at == 0 && _dots > 0 && _wordLetters >= 3 && _singlePieces < 2 && (_slashes || start.StartsWith("http", StringComparison.Ordinal) || start.StartsWith("www", StringComparison.Ordinal)) ? 1 : 0;
            (_wordLetters, _wordDigits, _wordLatin, _wordOther, _dots, _pieces, _singlePieces, _at, _slashes) = (0, 0, 0, 0, 0, 0, 0, 0, false);
            _start?.Clear();
        }

        public void EndSingles()
        {
            _broken += _singles >= 3 ? 1 : 0;
            _singles = 0;
        }

        public TextTraits Traits()
        {
            EndNumber();
            return new TextTraits
            {
                Words = _words,
                Shouting = _cased == 0 ? 0 : (double)_upper / _cased,
                Digits = _letters + _digits == 0 ? 0 : (double)_digits / (_letters + _digits),
                Contacts = _contacts,
                Messengers = _messengers,
                Addresses = _addresses,
                MixedWords = _mixed,
                BrokenWords = _broken,
                ForeignLetters = _foreign,
                Invisible = _invisible,
                Symbols = _symbols,
                Exclamations = _exclamations,
            };
        }
    }
}
