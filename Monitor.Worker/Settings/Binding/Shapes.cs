using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Monitor.Rules.Assessing;
using Monitor.Worker.Settings.Problems;
using Monitor.Worker.Settings.Yaml;

namespace Monitor.Worker.Settings.Binding;

/// <summary>The kinds of values that configuration files hold.</summary>
internal static partial class Shapes
{
    public const int LongestText = 2000;
    private const RegexOptions Linear = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;
    private const int LongestUrl = 8000;
    private const int LongestPattern = 500;

    /// <summary>One line of text, not blank.</summary>
    public static Shape<string> Text { get; } = TextOf(LongestText, blankAllowed: false);

    /// <summary>One line of text; "" is a value.</summary>
    public static Shape<string> TextOrEmpty { get; } = TextOf(LongestText, blankAllowed: true);

    public static bool Id(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out string value) =>
        Matching(node, context, IdPattern(), ProblemCodes.BadId, Expectations.Id, out value);

    /// <summary>Text and line breaks, for guidance and test texts.</summary>
    public static bool Prose(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out string value)
    {
        value = null;
        if (!IsText(node, context, Expectations.Text, out YamlText? text))
            return false;
        if (string.IsNullOrWhiteSpace(text.Value))
            return Refuse(text, context, ProblemCodes.EmptyText, new("giá trị trống", "the value is empty"));
        if (text.Value.Length > 20_000)
            return Refuse(text, context, ProblemCodes.TooLong, new("dài quá 20000 ký tự", "longer than 20000 characters"));
        value = text.Value;
        return true;
    }

    public static bool Flag(YamlNode node, BindingContext context, out bool value)
    {
        value = false;
        if (!IsText(node, context, Expectations.Flag, out YamlText? text))
            return false;
        switch (text.Value)
        {
            case "true":
                value = true;
                return true;
            case "false":
                return true;
            default:
                string? meant = text.Value.ToLowerInvariant() switch
                {
                    "yes" or "on" or "y" or "1" or "có" or "co" or "đúng" => "true",
                    "no" or "off" or "n" or "0" or "không" or "khong" or "sai" => "false",
                    _ => Suggestion.For(text.Value, ["true", "false"]),
                };
                return Refuse(text, context, ProblemCodes.WrongType, NotA(text, "giá trị đúng/sai", "a true/false value"), Expectations.Flag, meant);
        }
    }

    public static Shape<int> Number(int least, int most)
    {
        return Read;

        bool Read(YamlNode node, BindingContext context, out int value)
        {
            value = 0;
            BilingualText expected = Expectations.Number(least, most);
            if (!IsText(node, context, expected, out YamlText? text))
                return false;
            if (int.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= least && value <= most)
                return true;
            return Refuse(text, context, ProblemCodes.BadNumber, NotA(text, "số nguyên hợp lệ", "a valid whole number"), expected);
        }
    }

    /// <summary>The same value, for a key whose absence means something of its own.</summary>
    public static Shape<T?> Maybe<T>(Shape<T> shape)
        where T : struct
    {
        return Read;

        bool Read(YamlNode node, BindingContext context, out T? value)
        {
            bool good = shape(node, context, out T read);
            value = good ? read : null;
            return good;
        }
    }

    /// <summary>Parts of days, hours, minutes, seconds in falling order: "24h", "1h30m", "7d".</summary>
    public static Shape<TimeSpan> Duration(TimeSpan least, TimeSpan most)
    {
        return Read;

        bool Read(YamlNode node, BindingContext context, out TimeSpan value)
        {
            value = default;
            if (!IsText(node, context, Expectations.Duration, out YamlText? text))
                return false;
            if (!TryDuration(text.Value, out value))
            {
                string? meant = BareNumber().IsMatch(text.Value) ? $"{text.Value}s, {text.Value}m, {text.Value}h" : null;
                return Refuse(text, context, ProblemCodes.BadDuration, NotA(text, "khoảng thời gian", "a duration"), Expectations.Duration, meant);
            }

            if (value >= least && value <= most)
                return true;
            return Refuse(
                text,
                context,
                ProblemCodes.BadDuration,
                new($"'{text.Value}' nằm ngoài khoảng cho phép", $"'{text.Value}' is outside the allowed range"),
                new($"từ {Show(least)} đến {Show(most)}", $"from {Show(least)} to {Show(most)}"));
        }
    }

    public static bool Date(YamlNode node, BindingContext context, out DateOnly value)
    {
        value = default;
        if (!IsText(node, context, Expectations.Date, out YamlText? text))
            return false;
        if (DateOnly.TryParseExact(text.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out value))
            return true;

        // The Vietnamese order is the usual slip.
        string[] written = ["d/M/yyyy", "d-M-yyyy", "d.M.yyyy", "yyyy/M/d", "yyyy-M-d"];
        string? meant = DateOnly.TryParseExact(text.Value, written, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : null;
        return Refuse(text, context, ProblemCodes.BadDate, NotA(text, "ngày hợp lệ", "a valid date"), Expectations.Date, meant);
    }

    public static bool HttpUrl(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out string value)
    {
        value = null;
        if (!IsText(node, context, Expectations.Url, out YamlText? text))
            return false;
        if (text.Value.Length > LongestUrl)
            return Refuse(text, context, ProblemCodes.TooLong, new($"dài quá {LongestUrl} ký tự", $"longer than {LongestUrl} characters"));
        bool written = text.Value.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.Value.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        if (written && !text.Value.Any(character => char.IsControl(character) || char.IsWhiteSpace(character)) &&
            Uri.TryCreate(text.Value, UriKind.Absolute, out Uri? uri) && uri.Host.Length > 0)
        {
            if (uri.UserInfo.Length > 0)
            {
                context.Complain(text, ProblemCodes.BadUrl, new("địa chỉ có kèm tên hoặc mật khẩu", "the URL carries a user name or password"), Expectations.Url, secret: true);
                return false;
            }

            value = text.Value;
            return true;
        }

        return Refuse(text, context, ProblemCodes.BadUrl, NotA(text, "địa chỉ web hợp lệ", "a valid URL"), Expectations.Url);
    }

    /// <summary>local@domain, ASCII, no display name: what stands in an envelope.</summary>
    public static bool Mail(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out string value) =>
        Matching(node, context, MailPattern(), ProblemCodes.BadMailAddress, Expectations.Mail, out value);

    /// <summary>A mail address or "".</summary>
    public static bool MailOrEmpty(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out string value)
    {
        if (node is YamlText { Value: "" })
        {
            value = "";
            return true;
        }

        return Mail(node, context, out value);
    }

    /// <summary>A host name as it stands in URLs; names with Vietnamese letters become their ASCII form. "*" as it is.</summary>
    public static bool Host(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out string value)
    {
        value = null;
        BilingualText expected = new("một tên máy chủ như example.vn, không có http:// và đường dẫn", "a host name such as example.vn, without http:// and path");
        if (!IsText(node, context, expected, out YamlText? text))
            return false;
        if (text.Value == "*")
        {
            value = "*";
            return true;
        }

        string? meant = Uri.TryCreate(text.Value, UriKind.Absolute, out Uri? uri) && uri.Host.Length > 0 ? uri.Host
            : text.Value.StartsWith("*.", StringComparison.Ordinal) ? text.Value[2..]
            : null;
        if (text.Value.Length <= 253 && !text.Value.Contains('*', StringComparison.Ordinal))
        {
            try
            {
                string ascii = new IdnMapping { UseStd3AsciiRules = true }.GetAscii(text.Value).ToLowerInvariant();
                if (HostPattern().IsMatch(ascii))
                {
                    value = ascii;
                    return true;
                }
            }
            catch (ArgumentException)
            {
                // Not a host name; said below.
            }
        }

        return Refuse(text, context, ProblemCodes.BadHost, NotA(text, "tên máy chủ", "a host name"), expected, meant);
    }

    /// <summary>A mail server: host name (a single label too), IP address, or "" for none.</summary>
    public static bool ServerOrEmpty(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out string value)
    {
        value = null;
        BilingualText expected = new("tên máy chủ như mail.example.vn hoặc địa chỉ IP", "a host name such as mail.example.vn, or an IP address");
        if (node is YamlText { IsAbsent: false, Value: { Length: <= 253 } written } && (written.Length == 0 || IPAddress.TryParse(written, out _) || ServerPattern().IsMatch(written)))
        {
            value = written;
            return true;
        }

        return IsText(node, context, expected, out YamlText? text) && Refuse(text, context, ProblemCodes.BadHost, NotA(text, "tên máy chủ", "a host name"), expected);
    }

    /// <summary>Lower-case words with hyphens, matched against the members of <typeparamref name="TEnum"/> in kebab-case.</summary>
    public static bool OneOf<TEnum>(YamlNode node, BindingContext context, out TEnum value)
        where TEnum : struct, Enum
    {
        value = default;
        string[] words = EnumWords<TEnum>.Words;
        if (!IsText(node, context, Expectations.OneOf(words)!, out YamlText? text))
            return false;
        int index = Array.IndexOf(words, text.Value);
        if (index >= 0)
        {
            value = EnumWords<TEnum>.Values[index];
            return true;
        }

        return Refuse(text, context, ProblemCodes.NotOneOf, NotA(text, "từ được chấp nhận", "an accepted word"), Expectations.OneOf(words), Suggestion.For(text.Value, words));
    }

    public static Shape<string> Word(params string[] words)
    {
        return Read;

        bool Read(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out string value)
        {
            value = null;
            if (!IsText(node, context, Expectations.OneOf(words)!, out YamlText? text))
                return false;
            if (words.Contains(text.Value, StringComparer.Ordinal))
            {
                value = text.Value;
                return true;
            }

            return Refuse(text, context, ProblemCodes.NotOneOf, NotA(text, "từ được chấp nhận", "an accepted word"), Expectations.OneOf(words), Suggestion.For(text.Value, words));
        }
    }

    /// <summary>One of the closed list in the code. What else is written here is refused with the reason, not just "unknown".</summary>
    public static bool CategorySlug(YamlNode node, BindingContext context, out Category value)
    {
        value = default;
        BilingualText expected = Expectations.OneOf([.. CategoryNames.Slugs])!;
        if (!IsText(node, context, expected, out YamlText? text))
            return false;
        if (CategoryNames.TryParse(text.Value, out value))
            return true;
        return Refuse(
            text,
            context,
            ProblemCodes.CategoryOutsideTheList,
            new(
                $"'{YamlFileReader.Shorten(text.Value)}' không thuộc danh mục đóng: phần mềm này chỉ xử lý xâm hại trẻ em, cấu hình không mở rộng được danh mục",
                $"'{YamlFileReader.Shorten(text.Value)}' is outside the closed list: this software handles abuse of children only, and configuration cannot extend the list"),
            expected,
            Suggestion.For(text.Value, CategoryNames.Slugs));
    }

    /// <summary>A pattern that runs in linear time (no backreferences, no look-around), with the named groups given.</summary>
    public static Shape<string> Pattern(params string[] groups)
    {
        return Read;

        bool Read(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out string value)
        {
            value = null;
            BilingualText expected = new("một biểu thức chính quy", "a regular expression");
            if (!IsText(node, context, expected, out YamlText? text))
                return false;
            if (text.Value.Length is 0 or > LongestPattern)
                return Refuse(text, context, ProblemCodes.BadPattern, new($"biểu thức trống hoặc dài quá {LongestPattern} ký tự", $"the pattern is empty or longer than {LongestPattern} characters"));
            Regex regex;
            try
            {
                regex = new Regex(text.Value, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            }
            catch (ArgumentException exception)
            {
                return Refuse(text, context, ProblemCodes.BadPattern, new($"biểu thức chính quy sai: {exception.Message}", $"malformed regular expression: {exception.Message}"));
            }
            catch (NotSupportedException)
            {
                return Refuse(
                    text,
                    context,
                    ProblemCodes.BadPattern,
                    new("biểu thức dùng tham chiếu ngược, nhìn trước/sau, hoặc quá lớn để chạy an toàn", "the pattern uses backreferences or look-around, or is too large to run safely"));
            }

            string? missing = groups.FirstOrDefault(group => !regex.GetGroupNames().Contains(group, StringComparer.Ordinal));
            if (missing is not null)
            {
                return Refuse(
                    text,
                    context,
                    ProblemCodes.BadPattern,
                    new($"biểu thức thiếu nhóm tên '{missing}'", $"the pattern has no group named '{missing}'"),
                    new($"(?<{missing}>...) trong biểu thức", $"(?<{missing}>...) in the pattern"));
            }

            value = text.Value;
            return true;
        }
    }

    public static Shape<string> Written(Regex pattern, string code, BilingualText expected)
    {
        return Read;

        bool Read(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out string value) =>
            Matching(node, context, pattern, code, expected, out value);
    }

    /// <summary>A loopback address with an optional port, or "host=address:port": the allow-list of tests and the demo.</summary>
    public static bool LoopbackTarget(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out string value)
    {
        value = null;
        BilingualText expected = new("địa chỉ của chính máy này: 127.0.0.1, 127.0.0.1:8080 hoặc ten.may=127.0.0.1:8080", "an address of this machine: 127.0.0.1, 127.0.0.1:8080 or host.name=127.0.0.1:8080");
        if (!IsText(node, context, expected, out YamlText? text))
            return false;
        string address = text.Value[(text.Value.IndexOf('=', StringComparison.Ordinal) + 1)..];
        if (IPEndPoint.TryParse(address, out IPEndPoint? endpoint) && IPAddress.IsLoopback(endpoint.Address))
        {
            value = text.Value;
            return true;
        }

        return Refuse(text, context, ProblemCodes.NotLoopback, NotA(text, "địa chỉ của chính máy này", "an address of this machine"), expected);
    }

    /// <summary>A list of at least <paramref name="least"/> values, each once.</summary>
    public static Shape<IReadOnlyList<T>> ListOf<T>(Shape<T> item, int least = 0, int most = 10_000, bool distinct = true)
    {
        return Read;

        bool Read(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out IReadOnlyList<T> value)
        {
            value = null;
            if (node is not YamlList list)
            {
                context.Complain(node, ProblemCodes.WrongType, new("ở đây cần một danh sách", "a list is needed here"), Expectations.List);
                return false;
            }

            if (list.Items.Count > most)
                return Refuse(list, context, ProblemCodes.TooLong, new($"danh sách có hơn {most} mục", $"the list has more than {most} items"));
            if (list.Items.Count < least)
            {
                return Refuse(
                    list,
                    context,
                    ProblemCodes.EmptyList,
                    new($"danh sách cần ít nhất {least} mục", $"the list needs at least {least} item{(least == 1 ? "" : "s")}"));
            }

            bool good = true;
            var values = new List<T>(list.Items.Count);
            var seen = new HashSet<T>();
            foreach (YamlNode element in list.Items)
            {
                if (!item(element, context, out T? read))
                    good = false;
                else if (distinct && !seen.Add(read))
                    good = Refuse(element, context, ProblemCodes.RepeatedItem, new("mục này đã có trong danh sách", "this item is already in the list"));
                else
                    values.Add(read);
            }

            value = values;
            return good;
        }
    }

    /// <summary>A list of ids of other things.</summary>
    public static Shape<string> ReferenceTo(params ReferenceKind[] kinds)
    {
        return Read;

        bool Read(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out string value)
        {
            if (!Id(node, context, out value))
                return false;
            context.References.Require(value, context.File, node.Span, kinds);
            return true;
        }
    }

    internal static bool TryDuration(string text, out TimeSpan value)
    {
        value = default;
        System.Text.RegularExpressions.Match match = DurationPattern().Match(text);
        if (!match.Success || text.Length == 0)
            return false;
        value = TimeSpan.FromDays(Part("days")) + TimeSpan.FromHours(Part("hours")) + TimeSpan.FromMinutes(Part("minutes")) + TimeSpan.FromSeconds(Part("seconds")) + TimeSpan.FromMilliseconds(Part("milliseconds"));
        return true;

        int Part(string group) => match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    private static Shape<string> TextOf(int longest, bool blankAllowed)
    {
        return Read;

        bool Read(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out string value)
        {
            value = null;
            if (!IsText(node, context, Expectations.Text, out YamlText? text))
                return false;
            string trimmed = text.Value.Trim();
            if (!blankAllowed && trimmed.Length == 0)
                return Refuse(text, context, ProblemCodes.EmptyText, new("giá trị trống", "the value is empty"));
            if (trimmed.Length > longest)
                return Refuse(text, context, ProblemCodes.TooLong, new($"dài quá {longest} ký tự", $"longer than {longest} characters"));
            if (trimmed.Any(char.IsControl))
            {
                return Refuse(
                    text,
                    context,
                    ProblemCodes.WrongType,
                    new("giá trị phải nằm trên một dòng, không có ký tự điều khiển", "the value must be one line without control characters"));
            }

            value = trimmed;
            return true;
        }
    }

    private static bool Matching(YamlNode node, BindingContext context, Regex pattern, string code, BilingualText expected, [MaybeNullWhen(false)] out string value)
    {
        value = null;
        if (!IsText(node, context, expected, out YamlText? text))
            return false;
        if (text.Value.Length <= 254 && pattern.IsMatch(text.Value))
        {
            value = text.Value;
            return true;
        }

        string folded = text.Value.Trim().ToLowerInvariant().Replace(' ', '-').Replace('_', '-');
        string? meant = folded != text.Value && folded.Length <= 80 && pattern.IsMatch(folded) ? folded : null;
        return Refuse(text, context, code, NotA(text, "giá trị đúng dạng", "of the right form"), expected, meant);
    }

    private static bool IsText(YamlNode node, BindingContext context, BilingualText expected, [NotNullWhen(true)] out YamlText? text)
    {
        text = node as YamlText;
        if (text is not null && !text.IsAbsent)
            return true;
        context.Complain(
            node,
            text is null ? ProblemCodes.WrongType : ProblemCodes.EmptyText,
            text is null ? new("ở đây cần một giá trị đơn", "a single value is needed here") : new("giá trị trống", "the value is empty"),
            expected);
        return false;
    }

    private static bool Refuse(YamlNode node, BindingContext context, string code, BilingualText message, BilingualText? expected = null, string? suggestion = null)
    {
        context.Complain(node, code, message, expected, suggestion);
        return false;
    }

    private static BilingualText NotA(YamlText text, string vietnamese, string english) =>
        new($"'{YamlFileReader.Shorten(text.Value)}' không phải là {vietnamese}", $"'{YamlFileReader.Shorten(text.Value)}' is not {english}");

    private static string Show(TimeSpan span) =>
        span.TotalDays >= 1 && span == TimeSpan.FromDays((int)span.TotalDays) ? $"{(int)span.TotalDays}d"
        : span.TotalHours >= 1 && span == TimeSpan.FromHours((int)span.TotalHours) ? $"{(int)span.TotalHours}h"
        : span.TotalMinutes >= 1 && span == TimeSpan.FromMinutes((int)span.TotalMinutes) ? $"{(int)span.TotalMinutes}m"
        : $"{(int)span.TotalSeconds}s";

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.\-]{0,63}\z", Linear)]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"\A(?:(?<days>[0-9]{1,5})d)?(?:(?<hours>[0-9]{1,6})h)?(?:(?<minutes>[0-9]{1,7})m)?(?:(?<seconds>[0-9]{1,8})s)?(?:(?<milliseconds>[0-9]{1,8})ms)?\z", Linear)]
    private static partial Regex DurationPattern();

    [GeneratedRegex(@"\A[0-9]{1,6}\z", Linear)]
    private static partial Regex BareNumber();

    // The atom and domain of RFC 5321 section 4.1.2, without quoted strings and address literals.
    [GeneratedRegex(@"\A[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-]+)*@([A-Za-z0-9]([A-Za-z0-9\-]*[A-Za-z0-9])?\.)+[A-Za-z0-9][A-Za-z0-9\-]*[A-Za-z0-9]\z", Linear)]
    private static partial Regex MailPattern();

    [GeneratedRegex(@"\A([a-z0-9]([a-z0-9\-]*[a-z0-9])?\.)+[a-z0-9][a-z0-9\-]*[a-z0-9]\z|\A[0-9]{1,3}(\.[0-9]{1,3}){3}\z|\Alocalhost\z", Linear)]
    private static partial Regex HostPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9.\-]*[A-Za-z0-9])?\z", Linear)]
    private static partial Regex ServerPattern();

    private static class EnumWords<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly TEnum[] Values = Enum.GetValues<TEnum>();
        public static readonly string[] Words = [.. Values.Select(value => Kebab(value.ToString()))];

        private static string Kebab(string name) =>
            string.Concat(name.Select((letter, at) => char.IsUpper(letter) ? $"{(at > 0 ? "-" : "")}{char.ToLowerInvariant(letter)}" : letter.ToString()));
    }
}
