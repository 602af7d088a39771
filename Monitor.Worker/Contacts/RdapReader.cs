using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Monitor.Worker.Contacts;

/// <summary>
/// Reads an RDAP answer (RFC 9083) and the jCards in it (RFC 7095). Whatever is of another shape than the standard's is passed over: what one
/// field says wrong takes nothing from the others.
/// </summary>
public static partial class RdapReader
{
    private const int DeepestJson = 32;
    private const int DeepestEntity = 5;
    private const int MostEntities = 100;
    private const int MostOfAKind = 10;
    private const int LongestText = 200;

    /// <returns>Null when the bytes are not one JSON object.</returns>
    public static RdapRecord? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = DeepestJson });
            return document.RootElement.ValueKind == JsonValueKind.Object ? new Reading().Record(document.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The address with its domain in ASCII; null for what no envelope can carry.</summary>
    public static string? MailOf(string text)
    {
        var mail = text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? text["mailto:".Length..] : text;
        var at = mail.LastIndexOf('@');
        if (at <= 0 || mail.Length > 254)
        {
            return null;
        }

        try
        {
            var ascii = string.Concat(mail.AsSpan(0, at + 1), new IdnMapping { UseStd3AsciiRules = true }.GetAscii(mail[(at + 1)..]).ToLowerInvariant());
            return MailPattern().IsMatch(ascii) && ascii.Length <= 254 ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // Atoms and domain of RFC 5321 section 4.1.2. \z: a line break behind the address is part of it, and refused.
    [GeneratedRegex(@"\A[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-]+)*@([A-Za-z0-9]([A-Za-z0-9\-]*[A-Za-z0-9])?\.)+[A-Za-z0-9][A-Za-z0-9\-]*[A-Za-z0-9]\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex MailPattern();

    [GeneratedRegex(@"\A\+?[0-9][0-9 ().\-]{2,29}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PhonePattern();

    private sealed class Reading
    {
        private readonly List<RdapContact> _contacts = [];
        private bool _redacted;
        private int _unusable;

        public RdapRecord Record(JsonElement root)
        {
            _redacted = root.TryGetProperty("redacted", out var redacted) && redacted.ValueKind == JsonValueKind.Array && redacted.GetArrayLength() > 0;
            Entities(root, [], 0);
            var name = Text(root, "ldhName");
            return new RdapRecord(Text(root, "handle"), name.Length > 0 ? name : Text(root, "name"), Text(root, "country"), _contacts, _redacted, _unusable);
        }

        private void Entities(JsonElement holder, IReadOnlyList<string> within, int depth)
        {
            if (depth >= DeepestEntity || !holder.TryGetProperty("entities", out var entities) || entities.ValueKind != JsonValueKind.Array)
            {
                return;
            }

            foreach (var entity in entities.EnumerateArray())
            {
                if (_contacts.Count >= MostEntities || entity.ValueKind != JsonValueKind.Object)
                {
                    continue;
                }

                var roles = Roles(entity);
                var contact = Card(entity, new RdapContact { Roles = roles, Within = within });
                if (contact.Name.Length + contact.Organization.Length + contact.Mails.Count + contact.Phones.Count > 0)
                {
                    _contacts.Add(contact);
                }

                Entities(entity, roles.Count > 0 ? roles : within, depth + 1);
            }
        }

        private static IReadOnlyList<string> Roles(JsonElement entity) =>
            entity.TryGetProperty("roles", out var roles) && roles.ValueKind == JsonValueKind.Array
                ? [.. roles.EnumerateArray().Select(Said).Where(role => role.Length > 0).Select(role => role.ToLowerInvariant()).Distinct(StringComparer.Ordinal).Take(MostOfAKind)]
                : [];

        /// <summary>["vcard", [[name, parameters, type, value, …], …]].</summary>
        private RdapContact Card(JsonElement entity, RdapContact contact)
        {
            if (!entity.TryGetProperty("vcardArray", out var card) || card.ValueKind != JsonValueKind.Array || card.GetArrayLength() < 2 || card[1].ValueKind != JsonValueKind.Array)
            {
                return contact;
            }

            var (mails, phones) = (new List<string>(), new List<string>());
            foreach (var property in card[1].EnumerateArray())
            {
                if (property.ValueKind != JsonValueKind.Array || property.GetArrayLength() < 4)
                {
                    continue;
                }

                switch (Said(property[0]).ToLowerInvariant())
                {
                    case "fn" when contact.Name.Length == 0:
                        contact = contact with { Name = Shown(property[3]) };
                        break;
                    case "org" when contact.Organization.Length == 0:
                        contact = contact with { Organization = Shown(property[3]) };
                        break;
                    case "email":
                        Add(mails, MailOf, property, countsAsMail: true);
                        break;
                    case "tel":
                        Add(phones, PhoneOf, property, countsAsMail: false);
                        break;
                }
            }

            return contact with { Mails = mails, Phones = phones };
        }

        private void Add(List<string> list, Func<string, string?> read, JsonElement property, bool countsAsMail)
        {
            // A property may have several values behind its type.
            foreach (var value in property.EnumerateArray().Skip(3).Where(value => value.ValueKind == JsonValueKind.String))
            {
                var text = Raw(value);
                if (text.Length == 0)
                {
                    continue;
                }

                if (IsPlaceholder(text))
                {
                    _redacted = true;
                }
                else if (read(text) is { } good)
                {
                    if (list.Count < MostOfAKind && !list.Contains(good, StringComparer.OrdinalIgnoreCase))
                    {
                        list.Add(good);
                    }
                }
                else if (countsAsMail)
                {
                    _unusable++;
                }
            }
        }

        private static string? PhoneOf(string text)
        {
            var number = text.StartsWith("tel:", StringComparison.OrdinalIgnoreCase) ? text["tel:".Length..] : text;
            var end = number.IndexOf(';', StringComparison.Ordinal);
            number = (end < 0 ? number : number[..end]).Trim();
            return PhonePattern().IsMatch(number) ? number : null;
        }

        private string Shown(JsonElement value)
        {
            // A structured value is a list of its parts.
            var text = value.ValueKind == JsonValueKind.Array ? string.Join(", ", value.EnumerateArray().Select(Said).Where(part => part.Length > 0)) : Said(value);
            if (!IsPlaceholder(text))
            {
                return text.Length > LongestText ? text[..LongestText] : text;
            }

            _redacted = true;
            return "";
        }

        /// <summary>As registries write in place of a name.</summary>
        private static bool IsPlaceholder(string text) =>
            text.Contains("redacted", StringComparison.OrdinalIgnoreCase) || text.Contains("data protected", StringComparison.OrdinalIgnoreCase) || text.Contains("withheld for privacy", StringComparison.OrdinalIgnoreCase);

        private static string Text(JsonElement holder, string name)
        {
            var text = holder.TryGetProperty(name, out var value) ? Said(value) : "";
            return text.Length > LongestText ? text[..LongestText] : text;
        }

        /// <summary>A string on one line, without what could steer a terminal; empty for everything else.</summary>
        private static string Said(JsonElement value) =>
            string.Concat(Raw(value).Select(letter => char.IsControl(letter) ? ' ' : letter).Where(letter => char.GetUnicodeCategory(letter) != UnicodeCategory.Format)).Trim();

        private static string Raw(JsonElement value)
        {
            try
            {
                return value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";
            }
            catch (InvalidOperationException)
            {
                // Half a surrogate pair is no text.
                return "";
            }
        }
    }
}
