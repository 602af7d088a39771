using Monitor.Worker.Settings.Problems;

namespace Monitor.Worker.Settings.Binding;

/// <summary>The "expected" half of a message.</summary>
internal static class Expectations
{
    private const int MostListed = 30;

    public static BilingualText Text { get; } = new("một giá trị chữ", "a text value");

    public static BilingualText Duration { get; } = new("một khoảng thời gian như 24h, 15m, 7d", "a duration such as 24h, 15m, 7d");

    public static BilingualText Date { get; } = new("một ngày dạng năm-tháng-ngày, ví dụ 2026-07-01", "a date as year-month-day, such as 2026-07-01");

    public static BilingualText Url { get; } = new(
        "một địa chỉ đầy đủ bắt đầu bằng http:// hoặc https://, không kèm tên và mật khẩu",
        "an absolute URL that starts with http:// or https://, without user name or password");

    public static BilingualText Mail { get; } = new("một địa chỉ thư như phong@example.vn", "a mail address such as office@example.vn");

    public static BilingualText Id { get; } = new(
        "chữ thường không dấu, chữ số, dấu chấm hoặc gạch nối, bắt đầu bằng chữ cái hoặc chữ số, ví dụ an.nguyen",
        "lower-case letters, digits, dots or hyphens, starting with a letter or digit, such as an.nguyen");

    public static BilingualText Flag { get; } = new("true hoặc false", "true or false");

    public static BilingualText List { get; } = new("một danh sách: mỗi dòng một mục, bắt đầu bằng '- '", "a list: one item a line, each starting with '- '");

    public static BilingualText Map { get; } = new("các cặp 'khoá: giá trị' thụt vào trong", "indented 'key: value' pairs");

    public static BilingualText Number(long least, long most) => new($"một số nguyên từ {least} đến {most}", $"a whole number from {least} to {most}");

    public static BilingualText? OneOf(IReadOnlyCollection<string> words)
    {
        if (words.Count == 0)
            return null;
        string list = string.Join(", ", words.Take(MostListed)) + (words.Count > MostListed ? ", ..." : "");
        return new($"một trong: {list}", $"one of: {list}");
    }
}
