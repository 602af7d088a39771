using System.Text;
using Monitor.Rules.Removal;
using Monitor.Worker.Extracting;

namespace Monitor.Tests.Extracting;

internal static class Pages
{
    public const string Url = "https://lantern.example/a/page.html";

    public static PageReading Read(byte[] body, string? contentType, PageReaderLimits? limits = null) =>
        new PageReader().Read(new PageSource(body, contentType, Url, limits ?? PageReaderLimits.Default), CancellationToken.None);

    public static PageOutline Outline(string html, PageReaderLimits? limits = null) =>
        Read(Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8", limits).Outline ?? throw new InvalidOperationException("No outline.");
}
