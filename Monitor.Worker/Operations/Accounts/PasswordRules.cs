using System.Globalization;

namespace Monitor.Worker.Operations.Accounts;

/// <summary>What a password must be: long, and not what anybody would try first (NIST SP 800-63B, 5.1.1: length over composition).</summary>
internal static class PasswordRules
{
    public const int Shortest = 12;

    public const int Longest = 256;

    private static readonly string[] Usual = ["password", "matkhau", "mậtkhẩu", "123456", "abcdef", "qwerty", "monitor", "vietnam", "việtnam", "111111", "000000"];

    /// <summary>Null when it will do.</summary>
    public static Refusal? Check(string password, string personId)
    {
        if (password.Length is < Shortest or > Longest)
        {
            return new Refusal(RefusalKind.Invalid, "password-length", Shortest.ToString(CultureInfo.InvariantCulture), Longest.ToString(CultureInfo.InvariantCulture));
        }

        // What is left after the obvious parts must still be a password.
        var rest = new string([.. password.ToLowerInvariant().Where(char.IsLetterOrDigit)]);
        foreach (var part in Usual.Concat(personId.Split('.', '-', '_')).Where(part => part.Length >= 2).OrderByDescending(part => part.Length))
        {
            rest = rest.Replace(part, "", StringComparison.Ordinal);
        }

        return rest.Distinct().Count() < 5 ? new Refusal(RefusalKind.Invalid, "password-obvious") : null;
    }
}
