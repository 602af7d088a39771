using System.Text;

namespace Monitor.Worker.Operations;

/// <summary>A password as it is hashed: the same whichever way a keyboard composes Vietnamese letters (RFC 8265, 4.2: NFC).</summary>
internal static class PasswordText
{
    public static string Normal(string password)
    {
        try
        {
            return password.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair: taken as it is.
            return password;
        }
    }
}
