using System.Collections.Frozen;

namespace Monitor.Rules.Assessing;

/// <summary>The categories as they are written in configuration, files and on the command line, and as people read them.</summary>
public static class CategoryNames
{
    private static readonly (Category Category, string Slug, string Vietnamese, string English)[] Table =
    [
        (Category.SexualAbuseMaterial, "sexual-abuse-material", "Tài liệu xâm hại tình dục trẻ em", "Child sexual abuse material"),
        (Category.SexualExploitation, "sexual-exploitation", "Bóc lột, dụ dỗ tình dục trẻ em", "Sexual exploitation or grooming of a child"),
        (Category.TraffickingOrSale, "trafficking-sale", "Mua bán trẻ em", "Trafficking or sale of a child"),
        (Category.SelfGeneratedOrCoerced, "self-generated-coerced", "Hình ảnh trẻ em tự tạo hoặc bị ép buộc", "Self-generated or coerced imagery of a child"),
        (Category.AbuseOrViolence, "abuse-violence", "Bạo lực, ngược đãi trẻ em", "Abuse of or violence against a child"),
        (Category.VictimIdentityExposure, "victim-identity-exposure", "Tiết lộ danh tính trẻ em bị hại", "Exposure of a child victim's identity"),
    ];

    private static readonly FrozenDictionary<string, Category> BySlug =
        Table.ToFrozenDictionary(row => row.Slug, row => row.Category, StringComparer.OrdinalIgnoreCase);

    /// <summary>Every slug, in the order of the enumeration.</summary>
    public static IReadOnlyList<string> Slugs { get; } = [.. Table.Select(row => row.Slug)];

    public static bool TryParse(string? slug, out Category category) => BySlug.TryGetValue(slug?.Trim() ?? "", out category);

    public static string Slug(this Category category) => Table[(int)category].Slug;

    public static string Vietnamese(this Category category) => Table[(int)category].Vietnamese;

    public static string English(this Category category) => Table[(int)category].English;
}
