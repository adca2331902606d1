/* What somebody does to the order of a playlist, sent one after the other, and how to take it back. */
export class Moves {
  constructor(box, { showAnew, undoable }) {
    Object.assign(this, { box, showAnew, undoable, past: [], sending: Promise.resolve() });
    this.revision = Number(box.dataset.revision);
  }

  /** Remembers before which row one stood. */
  remember(row, next) {
    this.past.push({ row, next });
    this.undoable(true);
  }

  /** Takes the last move back; answers which row stands before which again. */
  undo() {
    const last = this.past.pop();
    this.undoable(this.past.length > 0);
    this.save(last.row, last.next);
    return last;
  }

  forget(revision) {
    this.revision = Number(revision);
    this.past = [];
    this.undoable(false);
  }

  save(row, next) { return this.send("move", row, { before: next ? Number(next.dataset.entry) : null }); }
  take(row) { return this.send("remove", row); }
  bringBack(row) { return this.send("restore", row); }

  /** Sends one change after those before it; answers whether it was made. Whoever else changed the list meanwhile has raised
      its revision by more than this change did: then the list is shown as it is now, with this change in it. */
  send(act, row, more) {
    const sent = this.sending.then(async () => {
      try {
        const body = { entries: [Number(row.dataset.entry)], ...more };
        const url = `${this.box.dataset.url}/entries/${act}`;
        const { revision } = await musicapp.request(url, { method: "POST", body, keepalive: true });
        const alone = revision <= this.revision + 1;
        this.revision = revision;
        if (!alone) await this.showAnew("Somebody else changed this playlist too. This is how it is now, with your change.");
        return true;
      } catch (refusal) {
        const outrun = [404, 409].includes(refusal.status);
        await this.showAnew(outrun ? "Somebody else changed this playlist first. This is how it is now." : refusal.message);
        return false;
      }
    });
    this.sending = sent;
    return sent;
  }
}
