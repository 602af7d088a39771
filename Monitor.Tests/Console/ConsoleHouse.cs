using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Monitor.Rules.Sharing;
using Monitor.Tests.Operations;
using Monitor.Tests.Settings;
using Monitor.Worker.Console;
using Monitor.Worker.Operations;
using Monitor.Worker.Operations.Accounts;

namespace Monitor.Tests.Console;

/// <summary>A whole house with its console on a free port of this machine. Everybody of agencies.yaml may sign in with <see cref="Password"/>.</summary>
internal sealed class ConsoleHouse : IAsyncDisposable
{
    public const string Password = "bốn con thuyền giấy qua sông";

    private ConsoleHouse(DeskHouse desk, WebApplication web)
    {
        Desk = desk;
        Web = web;
        Url = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    public DeskHouse Desk { get; }

    public WebApplication Web { get; }

    /// <summary>"http://127.0.0.1:PORT".</summary>
    public string Url { get; }

    /// <param name="configure">What else the configuration has.</param>
    /// <param name="console">Lines of yaml under "console:", each indented by two.</param>
    public static async Task<ConsoleHouse> OpenAsync(string console = "", Action<ConfigFolder>? configure = null, string ladder = "  []")
    {
        var desk = await DeskHouse.OpenAsync(ladder, removal: console.Length > 0 ? "  hard-confirmations: 3\nconsole:\n" + console : "", configure: configure);
        return new ConsoleHouse(desk, await ConsoleHost.StartAsync(desk.House, new IPEndPoint(IPAddress.Loopback, 0), CancellationToken.None));
    }

    /// <summary>Gives a person a password.</summary>
    public async Task<Account> AccountAsync(string person)
    {
        var invitation = DeskHouse.Done(await Desk.House.Accounts.InviteAsync(Desk.As("quan.tri"), person, DeskHouse.Token));
        return DeskHouse.Done(await Desk.House.Accounts.AcceptAsync(invitation.Token, Password, DeskHouse.Token));
    }

    /// <summary>Somebody with a browser's cookies, not signed in.</summary>
    public Visitor Visit() => new(Url);

    /// <summary>Somebody signed in.</summary>
    public async Task<Visitor> VisitAsync(string person)
    {
        if (await Desk.Store.FindAccountAsync(person, DeskHouse.Token) is not { PasswordHash: not null })
            await AccountAsync(person);
        var visitor = Visit();
        await visitor.SignInAsync(person, Password);
        return visitor;
    }

    public async ValueTask DisposeAsync()
    {
        await Web.DisposeAsync();
        await Desk.DisposeAsync();
    }
}
