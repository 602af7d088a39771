using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.WebEncoders;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Console;

/// <summary>The web server of the running program: health for machines, the console for people.</summary>
internal static class ConsoleHost
{
    /// <summary>Policy of pages where passwords are tried.</summary>
    public const string SignInLimit = "sign-in";

    /// <summary>Shown to whoever asks; every other page asks for a sign-in.</summary>
    private static readonly string[] OpenPages = ["/SignIn", "/Setup", "/Status", "/Look"];

    /// <summary>Largest form, uploads included: a saved page or a picture as capture.</summary>
    private const long LargestForm = 48L * 1024 * 1024;

    /// <summary>Started; the caller disposes of it.</summary>
    /// <exception cref="IOException">The address is in use.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The certificate or its key cannot be read.</exception>
    public static async Task<WebApplication> StartAsync(House house, IPEndPoint endpoint, CancellationToken cancellation)
    {
        var settings = house.Desk.Configuration.Installation.Console;
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(ConsoleHost).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = LargestForm;
            options.Listen(endpoint, listen =>
            {
                if (settings.Certificate.Length > 0)
                {
                    listen.UseHttps(Certificate(settings));
                }
            });
        });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(3));
        builder.Services.AddSingleton(house);
        if (settings.Enabled)
        {
            AddPages(builder.Services, house, settings);
        }

        var web = builder.Build();
        if (settings.BehindProxy)
        {
            web.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto });
        }

        web.Use(GuardAsync);
        Health.Map(web, house);
        if (settings.Enabled)
        {
            web.UseExceptionHandler(problem => problem.Run(ShowFailureAsync));
            web.UseStatusCodePagesWithReExecute("/status/{0}");
            web.UseRouting();
            web.UseRateLimiter();
            web.UseAuthentication();
            web.UseAuthorization();
            ConsoleAssets.Map(web);
            web.MapRazorPages();
        }

        await web.StartAsync(cancellation);
        return web;
    }

    private static void AddPages(IServiceCollection services, House house, ConsoleSettings settings)
    {
        services.AddDataProtection().SetApplicationName("Monitor").PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(house.Options.DataDirectory, "keys", "console")));
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options =>
        {
            options.Cookie.Name = "monitor";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.ExpireTimeSpan = settings.Idle;
            options.SlidingExpiration = true;
            options.LoginPath = "/sign-in";
            options.AccessDeniedPath = "/status/404";
            options.ReturnUrlParameter = "next";
            options.Events.OnValidatePrincipal = Session.ValidateAsync;
        });
        services.AddAuthorization();
        services.AddSingleton<CustodyCheck>();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "monitor-form";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.HeaderName = "X-Form-Token";
        });
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.AddPolicy(SignInLimit, http => HttpMethods.IsPost(http.Request.Method)
                ? RateLimitPartition.GetFixedWindowLimiter(http.Connection.RemoteIpAddress?.ToString() ?? "", _ => new FixedWindowRateLimiterOptions { PermitLimit = 20, Window = TimeSpan.FromMinutes(1) })
                : RateLimitPartition.GetNoLimiter(""));
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => RateLimitPartition.GetTokenBucketLimiter(
                http.Connection.RemoteIpAddress?.ToString() ?? "",
                _ => new TokenBucketRateLimiterOptions { TokenLimit = 600, TokensPerPeriod = 200, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0 }));
        });
        services.Configure<CookieTempDataProviderOptions>(options =>
        {
            options.Cookie.Name = "monitor-said";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.Configure<Microsoft.AspNetCore.Http.Features.FormOptions>(options =>
        {
            options.MultipartBodyLengthLimit = LargestForm;
            options.ValueCountLimit = 2048;
        });
        // Vietnamese letters stay letters in the source of a page.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddRazorPages(options =>
        {
            options.RootDirectory = "/Console/Pages";
            options.Conventions.AuthorizeFolder("/");
            foreach (var open in OpenPages)
            {
                options.Conventions.AllowAnonymousToPage(open);
            }
        }).AddMvcOptions(options => options.Filters.Add(new AutoValidateAntiforgeryTokenAttribute()));
    }

    /// <summary>What every answer bears; and requests under a name of somebody else's choosing are not answered (DNS rebinding).</summary>
    private static Task GuardAsync(HttpContext http, RequestDelegate next)
    {
        var house = http.RequestServices.GetRequiredService<House>();
        var host = http.Request.Host.Host.Trim('[', ']');
        var own = house.Desk.Configuration.Installation.Console.PublicUrl is { Length: > 0 } url ? new Uri(url).Host : null;
        if (!IPAddress.TryParse(host, out _) && host != "localhost" && !string.Equals(host, own, StringComparison.OrdinalIgnoreCase))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        }

        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        if (http.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        return next(http);
    }

    private static async Task ShowFailureAsync(HttpContext http)
    {
        var house = http.RequestServices.GetRequiredService<House>();
        var failure = http.Features.Get<Microsoft.AspNetCore.Diagnostics.IExceptionHandlerFeature>();
        house.Options.Log.Error("Page failed: {Kind} at {Place}", failure?.Error.GetType().Name, failure?.Error.TargetSite?.Name);
        http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"<!doctype html><html lang=vi><title>Monitor</title><p>Có lỗi trong phần mềm; việc vừa làm chưa được ghi. Hãy thử lại, nếu vẫn lỗi hãy báo quản trị viên.</p><p lang=en>Something failed in the program; what you did was not recorded. Try again, and tell an administrator if it fails again.</p><p><a href=/>Monitor</a></p></html>"));
    }

    private static X509Certificate2 Certificate(ConsoleSettings settings)
    {
        using var pem = X509Certificate2.CreateFromPemFile(settings.Certificate, settings.CertificateKey.Length > 0 ? settings.CertificateKey : null);
        // A key that was read from PEM belongs to no store, which some servers ask for: as PKCS #12 it does.
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }
}
