using Monitor.Rules.Custody;
using Monitor.Rules.Hashing;
using Monitor.Rules.Sharing;
using Monitor.Worker.Ports;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Operations;

/// <summary>Who answers for an act.</summary>
public sealed record Actor(string Id, string Role, string AgencyId, Person? Person, AgencyKind? Kind)
{
    /// <summary>The machine itself: it inspects, sends what people approved, and decides nothing.</summary>
    public static Actor System { get; } = new("system", "system", "system", null, null);

    public bool May(Role role) => Person is not null && Person.Has(role);

    /// <summary>Null when the person has one of the roles.</summary>
    public Refusal? Needs(params IReadOnlyList<Role> roles) =>
        roles.Any(May) ? null : new Refusal(RefusalKind.NotAllowed, "role-needed", Id, string.Join(" / ", roles).ToLowerInvariant());

    /// <summary>Agency staff see their own agency's rows; police see all cases they may have to investigate, inspectors all.</summary>
    public AgencyScope Scope => Person is null || Kind is AgencyKind.Police or AgencyKind.Inspectorate || Person.Has(Rules.Sharing.Role.Inspector)
        ? AgencyScope.All
        : AgencyScope.Of(AgencyId);

    public CustodyDraft Log(DateTimeOffset at, string act, string item, string reason = "", string? approver = null, params IReadOnlyList<Digest> digests) => new()
    {
        At = at,
        Actor = Id,
        Role = Role,
        Agency = AgencyId,
        Act = act,
        Item = item,
        Reason = reason,
        Approver = approver,
        Digests = digests,
    };

    /// <summary>Finds the person behind "--as"; unknown or no longer valid people are refused.</summary>
    public static OperationResult<Actor> Resolve(string? id, MonitorConfiguration configuration, DateOnly today)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            return new Refusal(RefusalKind.NotAllowed, "who-acts");
        }

        if (!configuration.People.TryGetValue(id.Trim().ToLowerInvariant(), out var person))
        {
            return new Refusal(RefusalKind.NotAllowed, "unknown-person", id);
        }

        if (!person.IsValidOn(today) || !configuration.Agencies.TryGetValue(person.AgencyId, out var agency))
        {
            return new Refusal(RefusalKind.NotAllowed, "person-not-valid", person.Id);
        }

        return new OperationResult<Actor>.Done(new Actor(person.Id, string.Join('+', person.Roles).ToLowerInvariant(), person.AgencyId, person, agency.Kind));
    }
}
