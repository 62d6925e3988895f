// A tab that is duplicated holds the same conversation: erased in one, it goes from the screen of the other. The token is part
// of the channel's name, so that only who holds it can listen.
export class Tabs {
  private channel: BroadcastChannel | null = null;

  constructor(private readonly onErased: () => void) {}

  share(token: string | null): void {
    this.channel?.close();
    this.channel = null;
    if (!token) return;
    try {
      this.channel = new BroadcastChannel(`naast.${token}`);
      this.channel.onmessage = this.onErased;
    } catch {
      // a browser without them, or one that refuses: the other tab finds out when it asks the server
    }
  }

  erased(): void {
    this.channel?.postMessage("erased");
  }
}
