namespace Monitor.Worker.Scoring;

/// <summary>
/// Everything the scorer looks at besides n-grams, each between 0 and 1, in a fixed order. Counts are on a logarithmic scale up to a cap:
/// the second link says more than the two-hundredth. A model knows the list it was trained with by its ids and is refused under another.
/// </summary>
public static class StructuralFeatures
{
    /// <summary>Length of the vector; a constant because the model's input type states it.</summary>
    public const int Count = 20;

    public static IReadOnlyList<StructuralFeature> All { get; } =
    [
        new("has-structure", "có cấu trúc trang", "page structure known", (page, _) => page is null ? 0 : 1),
        new("links", "nhiều liên kết", "many links", (page, _) => Scale(page?.Links, 255)),
        new("foreign-links", "liên kết ra máy chủ khác", "links to other hosts", (page, _) => Share(page?.ForeignLinks, page?.Links)),
        new("media", "nhiều ảnh, video", "many pictures or videos", (page, _) => Scale(page?.Media, 63)),
        new("foreign-media", "ảnh, video từ máy chủ khác", "media served by other hosts", (page, _) => Share(page?.ForeignMedia, page?.Media)),
        new("blocks", "nhiều đoạn văn", "many text blocks", (page, _) => Scale(page?.Blocks, 255)),
        new("comments", "phần lớn là bình luận", "mostly comments", (page, _) => Share(page?.CommentBlocks, page?.Blocks)),
        new("title-length", "tiêu đề dài", "long title", (page, _) => Scale(page?.TitleLength, 255)),
        new("log-in", "có ô mật khẩu", "asks for a password", (page, _) => page?.LogIn == true ? 1 : 0),
        new("words", "văn bản dài", "long text", (_, text) => Scale(text.Words, 4095)),
        new("shouting", "viết hoa nhiều", "much upper case", (_, text) => text.Shouting),
        new("digits", "nhiều chữ số", "many digits", (_, text) => text.Digits),
        new("contacts", "số điện thoại, tài khoản liên lạc", "telephone numbers, handles", (_, text) => Scale(text.Contacts, 7)),
        new("messengers", "nhắc ứng dụng nhắn tin, nhắn riêng", "messengers and private messages named", (_, text) => Scale(text.Messengers, 7)),
        new("addresses", "địa chỉ web trong văn bản", "web addresses in the text", (_, text) => Scale(text.Addresses, 7)),
        new("mixed-words", "từ lẫn chữ và số", "words mixing letters and digits", (_, text) => Scale(text.MixedWords, 15)),
        new("broken-words", "từ bị tách rời từng chữ", "words taken apart", (_, text) => Scale(text.BrokenWords, 7)),
        new("foreign-letters", "chữ cái lạ trong từ", "letters of another alphabet inside words", (_, text) => Scale(text.ForeignLetters, 7)),
        new("invisible", "ký tự ẩn", "invisible characters", (_, text) => Scale(text.Invisible, 15)),
        new("symbols", "biểu tượng, dấu chấm than", "symbols and exclamation marks", (_, text) => Scale(text.Symbols + text.Exclamations, 31)),
    ];

    public static IReadOnlyList<string> Ids { get; } = [.. All.Select(feature => feature.Id)];

    public static float[] Vector(PageStructure? structure, TextTraits traits)
    {
        var vector = new float[Count];
        for (var i = 0; i < Count; i++)
        {
            vector[i] = (float)Math.Clamp(All[i].Value(structure, traits), 0, 1);
        }

        return vector;
    }

    private static double Scale(int? count, int cap) => count is > 0 and var known ? Math.Log2(1 + known) / Math.Log2(1 + cap) : 0;

    private static double Share(int? part, int? whole) => part is > 0 and var some && whole is > 0 and var all ? (double)some / all : 0;
}

/// <param name="Id">Stands in model cards.</param>
/// <param name="Vietnamese">What a high value means, in words.</param>
/// <param name="Value">From 0 to 1.</param>
public sealed record StructuralFeature(string Id, string Vietnamese, string English, Func<PageStructure?, TextTraits, double> Value);
