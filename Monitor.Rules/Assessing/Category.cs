namespace Monitor.Rules.Assessing;

/// <summary>
/// The closed list of what this software may be turned on: abuse of children, nothing else. It is code and not
/// configuration on purpose: a machine that finds pages and has them removed must not be pointed elsewhere by editing a file.
/// </summary>
public enum Category
{
    /// <summary>Sexual abuse material (tài liệu xâm hại tình dục trẻ em).</summary>
    SexualAbuseMaterial,

    /// <summary>Sexual exploitation, grooming (bóc lột, dụ dỗ tình dục trẻ em).</summary>
    SexualExploitation,

    /// <summary>Trafficking or sale of a child (mua bán trẻ em).</summary>
    TraffickingOrSale,

    /// <summary>Self-generated or coerced imagery (hình ảnh tự tạo hoặc bị ép buộc).</summary>
    SelfGeneratedOrCoerced,

    /// <summary>Abuse of or violence against a child (bạo lực, ngược đãi trẻ em).</summary>
    AbuseOrViolence,

    /// <summary>Exposure of a child victim's identity (tiết lộ danh tính trẻ em bị hại).</summary>
    VictimIdentityExposure,
}
