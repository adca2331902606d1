/* musicapp.filesOf: the files that somebody dropped or chose, those of whole folders too; musicapp.sift: which of them go. */
(() => {
  const MUSIC = /\.(mp3|flac|ogg|oga|opus|m4a|mp4|aac|wav|wave|aif|aiff|aifc)$/i;
  const COVER = /^(cover|folder|front|album|artwork)\.(jpe?g|png|webp)$/i;

  const inOrder = (one, other) => `${one.folder}/${one.file.name}`.localeCompare(`${other.folder}/${other.file.name}`, undefined, { numeric: true });

  const called = (entry, method, ...before) => new Promise((resolve, reject) => entry[method](...before, resolve, reject));

  async function walk(entry, folder) {
    if (entry.isFile) return [{ file: await called(entry, "file"), folder }];
    const reader = entry.createReader();
    const found = [];
    for (let some; (some = await called(reader, "readEntries")).length;) {
      for (const inside of some) found.push(...await walk(inside, `${folder}/${entry.name}`));
    }
    return found;
  }

  /** Each as {file, folder}, in the order of their paths; `folder` is "" for what was chosen by itself. */
  musicapp.filesOf = async ({ files, entries }) => {
    const chosen = files.map((file) => ({ file, folder: file.webkitRelativePath.split("/").slice(0, -1).join("/") }));
    const dropped = await Promise.all(entries.map((entry) => walk(entry, "")));
    return [...chosen, ...dropped.flat()].sort(inOrder);
  };

  /** What goes up: every file that was chosen by itself, the music of folders with its cover, and the names left out. */
  musicapp.sift = (found) => {
    const covers = new Map(found.filter(({ file, folder }) => folder && COVER.test(file.name)).map(({ file, folder }) => [folder, file]));
    const goes = ({ file, folder }) => !folder || MUSIC.test(file.name) || file.type.startsWith("audio/");
    return {
      music: found.filter(goes).map(({ file, folder }) => ({ file, cover: covers.get(folder) ?? null })),
      leftOut: found.filter((one) => !goes(one) && covers.get(one.folder) !== one.file && !one.file.name.startsWith(".")).map(({ file }) => file.name),
    };
  };
})();
