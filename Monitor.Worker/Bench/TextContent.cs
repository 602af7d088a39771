using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Monitor.Worker.Bench;

/// <summary>Made-up Vietnamese of thousands of syllables, some of them much more frequent than others, as in a language; keywords and patterns of the same syllables.</summary>
public sealed class TextContent
{
    private const string Onsets = "b c d đ g h k l m n p r s t v x ch kh ng nh ph th tr";
    private const string Rimes =
        "a à á ạ ai ài ái am ám an án ang àng áng anh ánh ao áo au áu ay áy ắc ăn ắn ăng ằng ất ân ấn âu ầu ấy e è é em én eo èo ê ề ết ên êu i ì í ích iên iến iêng iết iều im in ính o ó ò oa oàn oi ọi om on ong óng " +
        "ô ồ ộ ôi ồi ội ôm ôn ông ống ốt ơ ờ ớ ơi ời ơm ơn u ù ú ua ủa ui ủi um un ung ùng uôi uốn uông uốt uyên ư ừ ứ ưa ừa ức ưng ừng ươi ười ương ường ước ượt";

    private static readonly string[] English = "the page shows pictures of a small garden where people read books and drink tea together every morning before they walk along the river and talk about weather news music".Split(' ');

    private readonly string[] _syllables;

    public TextContent()
    {
        // A fixed shuffle: the same text on every machine.
        var random = new Random(20260302);
        _syllables = [.. Onsets.Split(' ').SelectMany(onset => Rimes.Split(' ').Select(rime => onset + rime)).OrderBy(_ => random.Next()).Take(2600)];
    }

    public string[] Keywords(int count)
    {
        var random = new Random(1);
        var keywords = new HashSet<string>(StringComparer.Ordinal);
        while (keywords.Count < count)
        {
            keywords.Add(string.Join(' ', Enumerable.Range(0, 2 + (keywords.Count % 3 == 0 ? 1 : 0)).Select(_ => _syllables[random.Next(_syllables.Length)])));
        }

        return [.. keywords];
    }

    public Regex[] Patterns(int count)
    {
        var random = new Random(2);
        string Any() => _syllables[random.Next(_syllables.Length)];
        return [.. Enumerable.Range(0, count).Select(i => new Regex((i % 4) switch
        {
            0 => $@"\b{Any()}\s+{Any()}{Any()}\s+\d{{2,4}}\b",
            1 => string.Create(CultureInfo.InvariantCulture, $@"(?:gọi|nhắn)\s+zalo{Letters(i)}[:. ]{{1,3}}\d{{4,11}}"),
            2 => string.Create(CultureInfo.InvariantCulture, $@"mã[- ]?khuyến{Letters(i)}\d{{1,6}}"),
            _ => string.Create(CultureInfo.InvariantCulture, $@"nhóm (?:kín|mật){Letters(i)}[a-z]{{0,8}}\b"),
        }, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase))];
    }

    /// <summary>Sentences with hardly anything to find: a keyword in some ten thousand characters.</summary>
    public string Normal(int length, IReadOnlyList<string> keywords)
    {
        var random = new Random(3);
        var text = new StringBuilder(length + 256);
        while (text.Length < length)
        {
            var words = 6 + random.Next(14);
            for (var i = 0; i < words; i++)
            {
                var word = Often(random);
                text.Append(i == 0 ? char.ToUpperInvariant(word[0]) + word[1..] : word).Append(i + 1 < words ? " " : random.Next(3) == 0 ? ", " : ". ");
            }

            if (random.Next(6) == 0)
            {
                text.Append('\n');
            }

            if (random.Next(200) == 0)
            {
                text.Append(keywords[random.Next(keywords.Count)]).Append(". ");
            }
        }

        return text.ToString(0, length);
    }

    public static string Foreign(int length)
    {
        var random = new Random(4);
        var text = new StringBuilder(length + 64);
        while (text.Length < length)
        {
            text.Append(English[random.Next(English.Length)]).Append(random.Next(12) == 0 ? ". " : " ");
        }

        return text.ToString(0, length);
    }

    /// <summary>Every third word disguised in one way or another: everything is suspicious here.</summary>
    public string Evasive(int length, IReadOnlyList<string> keywords)
    {
        var random = new Random(5);
        var text = new StringBuilder(length + 64);
        while (text.Length < length)
        {
            var words = random.Next(30) == 0 ? keywords[random.Next(keywords.Count)] : Often(random) + " " + Often(random);
            text.Append(Disguised(words, random.Next(16))).Append(random.Next(20) == 0 ? '\n' : ' ');
        }

        return text.ToString(0, length);
    }

    private static string Disguised(string words, int way) => way switch
    {
        0 => words.Normalize(NormalizationForm.FormD),
        1 => string.Join('\u200B', words.ToCharArray()),
        2 => string.Join(' ', words.Split(' ').Select(word => string.Join('.', word.ToCharArray()))),
        3 => words.Replace('a', 'а').Replace('o', 'о'),
        4 => words.Replace('i', '1').Replace('o', '0'),
        5 => words.Replace("c", "k", StringComparison.Ordinal),
        6 => words.Replace(" ", "", StringComparison.Ordinal),
        7 => string.Concat(words.Normalize(NormalizationForm.FormD).Where(c => c < 0x80)),
        8 => words + new string(words[^1], 3),
        9 => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(words)),
        10 => string.Concat(words.Select(c => c < 0x80 ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"&#{(int)c};"))),
        _ => words,
    };

    /// <summary>A few syllables make up most of a text.</summary>
    private string Often(Random random) => _syllables[(int)(_syllables.Length * Math.Pow(random.NextDouble(), 2.2))];

    private static string Letters(int number) => $"{(char)('a' + (number % 26))}{(char)('a' + (number / 26 % 26))}{(char)('b' + (number / 676 % 25))}";
}
