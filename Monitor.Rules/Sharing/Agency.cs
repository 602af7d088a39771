namespace Monitor.Rules.Sharing;

/// <summary>Role of an agency in the coordination regulation.</summary>
public enum AgencyKind
{
    /// <summary>ICT department (Sở Thông tin và Truyền thông, since 2025 in Sở Khoa học và Công nghệ).</summary>
    Ict,

    /// <summary>Công an tỉnh.</summary>
    Police,

    /// <summary>Cơ quan bảo vệ trẻ em.</summary>
    ChildProtection,

    /// <summary>Thanh tra.</summary>
    Inspectorate,
}

/// <summary>An agency as configured. Names, addresses and competences change with the law: they are dated data.</summary>
public sealed record Agency
{
    /// <summary>Lower-case id used in configuration ("ict", "police").</summary>
    public required string Id { get; init; }

    public required AgencyKind Kind { get; init; }

    /// <summary>Code in notice references, e.g. "SKHCN" → "SKHCN-2026-00001". Upper-case letters, digits, hyphen.</summary>
    public required string Code { get; init; }

    public required string Name { get; init; }

    public required string NameEnglish { get; init; }

    /// <summary>The body it reports to, as printed above its name on a document; may be empty.</summary>
    public string Superior { get; init; } = "";

    /// <summary>Địa danh printed before the date of a document ("Đà Nẵng"); may be empty.</summary>
    public string Place { get; init; } = "";

    public required string Address { get; init; }

    public required string Email { get; init; }

    public string Phone { get; init; } = "";

    /// <summary>Where a child in danger is reported at once; mail address, or empty.</summary>
    public string DutyContact { get; init; } = "";

    public required DateOnly ValidFrom { get; init; }

    /// <summary>Last day of validity, or null.</summary>
    public DateOnly? ValidTo { get; init; }
}
